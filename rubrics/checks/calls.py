"""Results of hidden calls are equal to the reference's."""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from rubrics.checks.attempt import attempt
from rubrics.checks.case import Case
from rubrics.checks.gradient_slips import Derived, Gradients, slips
from rubrics.checks.hidden import Author, Record, Recorded, Recorder, Ship, play
from rubrics.checks.matching import Rules, match
from rubrics.checks.mistakes import mistake_in_calls, with_known
from rubrics.checks.over_cases import Found, over_cases, result_of, shipped
from rubrics.checks.stages import first_departure
from rubrics.code_check_specs import CallsCheck
from rubrics.grade import CheckGrade, Diagnosis
from rubrics.job import CallResult
from rubrics.outcome import UNSCORED, Outcome
from rubrics.reference.cases import Case as AuthorsCase

NONE: tuple[Diagnosis, ...] = ()


def calls(spec: CallsCheck, case: Case) -> CheckGrade:
    """Compare values, shape, dtype and nesting of every result. Raises AuthorError."""
    rules = rules_of(spec)

    def verdict(recorded: Recorded, result: CallResult) -> Found:
        given = shipped(result, "value")
        true = case.author.expected(recorded, spec.names)
        found = match("the result", given, true.plain["value"], true.exact["value"], rules)
        return Found(found.share, sentence(found.fault))

    record = record_calls(spec, case.author)
    graded = over_cases(spec, case, record, verdict)
    if graded.outcome is Outcome.CORRECT or graded.outcome in UNSCORED:
        return graded
    return _explained(spec, case, case.recorded(spec, record), graded)


def rules_of(spec: CallsCheck) -> Rules:
    """How results are compared."""
    return Rules(spec.strict, spec.tolerance, spec.allow_nonfinite)


def _explained(
    spec: CallsCheck, case: Case, recorded: tuple[Recorded, ...], graded: CheckGrade
) -> CheckGrade:
    """With what is known of why it is wrong, and what a known mistake earns."""
    known = attempt(lambda: mistake_in_calls(spec, case, recorded), None)
    why = NONE
    if not spec.hidden:  # of which students are told nothing
        why += attempt(lambda: _departure(spec, case, recorded), NONE)
        why += attempt(lambda: _slips(spec, case, recorded), NONE)
    share, why = with_known((graded.score or 0.0) / graded.max_score, why, known)
    if known is not None and known.credit:
        points = graded.max_score * share
        graded = graded.model_copy(update={"score": points, "outcome": Outcome.PARTIAL})
    return graded.model_copy(update={"diagnoses": why})


def _departure(
    spec: CallsCheck, case: Case, recorded: tuple[Recorded, ...]
) -> tuple[Diagnosis, ...]:
    """Of the first case that is not right."""

    def look(one: Recorded) -> tuple[Diagnosis, ...]:
        given = shipped(result_of(case, one), "value")
        true = case.author.expected(one, spec.names)
        plain, exact = true.plain["value"], true.exact["value"]
        return first_departure(spec.stages, given, plain, exact, rules_of(spec))

    def every() -> Iterator[Diagnosis]:
        for one in recorded:
            yield from attempt(partial(look, one), NONE)

    return tuple(islice(every(), 1))


def _slips(spec: CallsCheck, case: Case, recorded: tuple[Recorded, ...]) -> tuple[Diagnosis, ...]:
    """Why a gradient written by hand is wrong, where the author says of what it is one."""
    derived = derived_of(spec)
    if derived is None:
        return NONE

    def of(one: Recorded) -> Gradients:
        given = shipped(result_of(case, one), "value")
        true = case.author.expected(one, spec.names).exact["value"]
        return by_hand(one, given, true)

    return slips(case.author, derived, [partial(of, one) for one in recorded])


def derived_of(spec: CallsCheck) -> Derived | None:
    """What the results are gradients of, where the author says so."""
    name = spec.derivative_of
    return None if name is None else Derived(name, spec.wrt, spec.tolerance)


def by_hand(one: Recorded, given: Any, true: Any) -> Gradients:
    """Results of a function that works gradients out: one, or several in a tuple or list."""
    several = isinstance(true, list | tuple)
    return Gradients(one.case, given if several else [given], true if several else [true])


def record_calls(spec: Any, author: Author) -> Record:  # noqa: ARG001 - one signature for all
    """One call, and its result."""

    def record(recorder: Recorder, one: AuthorsCase) -> Ship:
        return {"value": play(recorder, spec.call, one)}

    return record


def sentence(text: str) -> str:
    """With a capital."""
    return text[:1].upper() + text[1:]
