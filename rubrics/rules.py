"""What a schema cannot say: how the parts of one assignment must fit together.

Each rule is a generator of faults, a path into the YAML and a sentence; `faults_of` tries all.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from rubrics.answer_rules import checks_fit_answers, choices_add_up, formulas_can_be_read
from rubrics.check_base import Misconception
from rubrics.code_rules import code_checks_fit, names_of_references, prerequisites_fit
from rubrics.schema import AssignmentFile, Question
from rubrics.variant_rules import parameters_fit
from rubrics.variants import draw, shown

Path_ = tuple[str | int, ...]
Found = Iterator[tuple[Path_, str]]


def ids_differ(assignment: AssignmentFile) -> Found:
    """Questions differ in id, and so do checks and rubric items of one question."""
    yield from _repeats(("questions",), (one.id for one in assignment.questions))
    for at, question in _questions(assignment):
        yield from _repeats((*at, "checks"), (one.id for one in question.checks))
        yield from _repeats((*at, "rubric"), (one.id for one in question.rubric))


def kinds_differ(assignment: AssignmentFile) -> Found:
    """A question takes each kind of answer once: the kind is how an answer finds its rules."""
    for at, question in _questions(assignment):
        yield from _repeats((*at, "answers"), (one.kind for one in question.answers), "kind")


def rubric_fits_person(assignment: AssignmentFile) -> Found:
    """One check a question that a person may have to decide, with items that make its points."""
    for at, question in _questions(assignment):
        yield from _more_than_one_open((*at, "checks"), question)
        decided = question.for_a_person
        if decided is None:
            if question.rubric:
                yield (*at, "rubric"), "rubric items need a `person` check"
            continue
        gains = sum(item.points for item in question.rubric if item.points > 0)
        wanted = question.points_of(decided)
        if abs(gains - wanted) > 1e-9:
            yield (
                (*at, "rubric") if question.rubric else at,
                f"the items' positive points add up to {gains:g}, the check has {wanted:g}",
            )


def _more_than_one_open(at: Path_, question: Question) -> Found:
    """A person decides one check: a second that is left open would have no score for ever."""
    kinds = [check.kind for check in question.checks]
    later = [place for place, kind in enumerate(kinds) if kind in ("person", "equivalent")][1:]
    for place in later:
        if kinds.count("person") > 1:
            said = "at most one `person` check a question: put items in its rubric"
        else:
            said = (
                "a person can decide one check of a question, and may have to decide any"
                " `equivalent` that cannot be settled: give this one a question of its own"
            )
        yield (*at, place, "kind"), said


RULES: tuple[Callable[[AssignmentFile], Found], ...] = (
    ids_differ,
    kinds_differ,
    checks_fit_answers,
    formulas_can_be_read,
    choices_add_up,
    rubric_fits_person,
    code_checks_fit,
    prerequisites_fit,
)


def faults_of(assignment: AssignmentFile) -> Found:
    """Everything that does not fit, every rule tried; texts are looked at with values drawn."""
    drawing = list(parameters_fit(assignment))
    yield from drawing
    whole = assignment if drawing else shown(assignment, draw(assignment, 0))
    for rule in RULES:
        yield from rule(whole)


def reference_faults(assignment: AssignmentFile, source: Path) -> Iterator[tuple[int, str]]:
    """Faults of the reference file, by its line, and without running a line of it."""
    named = {
        name
        for question in assignment.questions
        for check in question.checks
        if check.kind == "values"
        for name in (check.reference, *check.equivalents, *_mistaken(check.mistakes))
    }
    for question in assignment.questions:
        named |= set(names_of_references(question))
    if not named and not source.exists():
        return
    try:
        tree = ast.parse(source.read_bytes(), filename=source.name)
    except OSError:
        yield 1, f"`{source.name}` cannot be read: checks name functions of it"
        return
    except (SyntaxError, ValueError) as fault:
        yield getattr(fault, "lineno", None) or 1, f"not valid Python: {fault.args[0]}"
        return
    for name in sorted(named - _defined(tree)):
        yield 1, f"no function `{name}` is defined here, though a check names it as its reference"


def _mistaken(mistakes: Iterable[Misconception]) -> Iterator[str]:
    return (one.reference for one in mistakes)


def _defined(tree: ast.Module) -> set[str]:
    found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    targets = [one for node in tree.body if isinstance(node, ast.Assign) for one in node.targets]
    return found | {target.id for target in targets if isinstance(target, ast.Name)}


def _questions(assignment: AssignmentFile) -> Iterator[tuple[Path_, Question]]:
    for index, question in enumerate(assignment.questions):
        yield ("questions", index), question


def _repeats(at: Path_, names: Iterable[str], field: str = "id") -> Found:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield (*at, index, field), f"`{name}` is used twice"
        seen.add(name)
