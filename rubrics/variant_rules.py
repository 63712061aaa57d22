"""How parameters must fit the rest of an assignment, found without running the reference."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from pydantic import ValidationError

from rubrics.answer_check_specs import EquivalentCheck
from rubrics.answers.expression.formula import Unreadable, read
from rubrics.answers.expression.spec import ExpressionSpec
from rubrics.constraints import ConstraintFault, holds
from rubrics.parameters import Parameter
from rubrics.placeholders import PlaceholderFault, Value, filled, looked_up, names
from rubrics.schema import AssignmentFile, Question
from rubrics.variants import Params, draw_number, shown, varied

Path_ = tuple[str | int, ...]
Found = Iterator[tuple[Path_, str]]

MOST_READ = 300


def parameters_fit(assignment: AssignmentFile) -> Found:
    """Names differ, constraints and placeholders can be read, and every variant can be drawn."""
    if not varied(assignment):
        if assignment.constraints or any(one.constraints for one in assignment.questions):
            yield ("constraints",), "there are no parameters to constrain"
        return
    faults = [*_names(assignment), *_constraints(assignment), *_placeholders(assignment)]
    yield from faults
    if faults:
        return
    undrawn = list(_draws(assignment))
    yield from undrawn
    if not undrawn:
        yield from _formulas(assignment)


def _names(assignment: AssignmentFile) -> Found:
    for at, question in enumerate(assignment.questions):
        for name in question.parameters.keys() & assignment.parameters.keys():
            where = ("questions", at, "parameters", name)
            yield where, f"the assignment has a parameter `{name}` already: choose another name"


def _constraints(assignment: AssignmentFile) -> Found:
    """Each must be readable with any values at all: the first of every parameter will do."""
    yield from _unreadable((), assignment.constraints, _firsts(assignment.parameters))
    for at, question in enumerate(assignment.questions):
        known = _firsts({**assignment.parameters, **question.parameters})
        yield from _unreadable(("questions", at), question.constraints, known)


def _unreadable(at: Path_, constraints: tuple[str, ...], known: Mapping[str, Value]) -> Found:
    for place, constraint in enumerate(constraints):
        try:
            holds(constraint, known)
        except ConstraintFault as fault:
            yield (*at, "constraints", place), str(fault)


def _placeholders(assignment: AssignmentFile) -> Found:
    yield from _unknown(("statement",), assignment.statement, _firsts(assignment.parameters))
    yield from _titles(("title",), assignment.title)
    for at, question in enumerate(assignment.questions):
        yield from _titles(("questions", at, "title"), question.title)
        known = _firsts({**assignment.parameters, **question.parameters})
        yield from _within(("questions", at), _texts(question), known)


def _titles(at: Path_, title: str) -> Found:
    if names(title):
        yield at, "a title is the same for everybody: say it in the statement"


def _texts(question: Question) -> dict[str, Any]:
    return question.model_dump(exclude={"title", "parameters", "constraints"})


def _within(at: Path_, part: Any, known: Mapping[str, Value]) -> Found:
    if isinstance(part, str):
        yield from _unknown(at, part, known)
    elif isinstance(part, dict):
        for key, one in part.items():
            yield from _within((*at, key), one, known)
    elif isinstance(part, list | tuple):
        for place, one in enumerate(part):
            yield from _within((*at, place), one, known)


def _unknown(at: Path_, text: str, known: Mapping[str, Value]) -> Found:
    for name in dict.fromkeys(names(text)):
        try:
            looked_up(name, Params(known))
        except PlaceholderFault as fault:
            yield at, f"`{{{{{name}}}}}`: {fault}; braces of TeX are written apart, as in `{{ {{`"


def _draws(assignment: AssignmentFile) -> Found:
    for skipped in assignment.variants.skip:
        if skipped >= assignment.variants.count:
            yield ("variants", "skip"), f"there is no variant {skipped} to skip"
    for number in assignment.variants.numbers:
        try:
            draw_number(assignment, number)
        except ConstraintFault as fault:
            yield ("constraints",), f"variant {number}: {fault}"
            return
    try:
        shown(assignment, draw_number(assignment, assignment.variants.numbers[0]))
    except ValidationError as fault:
        yield ("questions",), f"with values drawn: {fault.errors()[0]['msg']}"


def _formulas(assignment: AssignmentFile) -> Found:
    """Formulas must be readable with the values of every variant, not of the first alone.

    Of a formula with very many drawings the first `MOST_READ` are read; `xgrad check` tries more.
    """
    if not any(list(_formulas_of(question)) for question in assignment.questions):
        return
    variants = [draw_number(assignment, number) for number in assignment.variants.numbers]
    for at, question in enumerate(assignment.questions):
        spec = next((one for one in question.answers if isinstance(one, ExpressionSpec)), None)
        drawn = [(one.number, one.questions[question.id]) for one in variants]
        for place, formula in _formulas_of(question) if spec else ():
            said = _unreadable_in(formula, drawn, spec.spellings) if spec else None
            if said:
                yield ("questions", at, "checks", *place), said


def _formulas_of(question: Question) -> Iterator[tuple[Path_, str]]:
    for index, check in enumerate(question.checks):
        if isinstance(check, EquivalentCheck):
            yield (index, "formula"), check.formula
            for place, mistake in enumerate(check.mistakes):
                yield (index, "mistakes", place, "formula"), mistake.formula


def _unreadable_in(
    formula: str, drawn: list[tuple[int, Params]], spellings: Mapping[str, str]
) -> str | None:
    """Why it cannot be read in the first variant in which it cannot."""
    texts: dict[str, int] = {}
    for number, values in drawn:
        texts.setdefault(filled(formula, values, formula=True), number)
    for text, number in islice(texts.items(), MOST_READ):
        try:
            read(text, spellings)
        except Unreadable as fault:
            return f"variant {number}, `{text[:60]}`: {fault}"
    return None


def _firsts(parameters: Mapping[str, Parameter]) -> dict[str, Value]:
    return {name: _shaped(one) for name, one in parameters.items()}


def _shaped(one: Parameter) -> Value:
    value: Value = one.value(0)
    for side in reversed(one.size):
        value = (value,) * side
    return value
