"""Results of hidden calls are equal to the reference's."""

from typing import Any

from rubrics.checks.attempt import attempt
from rubrics.checks.case import Case
from rubrics.checks.hidden import Author, Record, Recorded, Recorder, Ship, play
from rubrics.checks.matching import Rules, match
from rubrics.checks.mistakes import mistake_in_calls, with_known
from rubrics.checks.over_cases import Found, over_cases, shipped
from rubrics.code_check_specs import CallsCheck
from rubrics.grade import CheckGrade
from rubrics.job import CallResult
from rubrics.outcome import UNSCORED, Outcome
from rubrics.reference.cases import Case as AuthorsCase


def calls(spec: CallsCheck, case: Case) -> CheckGrade:
    """Compare values, shape, dtype and nesting of every result. Raises AuthorError."""
    rules = Rules(spec.strict, spec.tolerance, spec.allow_nonfinite)

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


def _explained(
    spec: CallsCheck, case: Case, recorded: tuple[Recorded, ...], graded: CheckGrade
) -> CheckGrade:
    """With what is known of why it is wrong, and what a known mistake earns."""
    known = attempt(lambda: mistake_in_calls(spec, case, recorded), None)
    share, why = with_known((graded.score or 0.0) / graded.max_score, (), known)
    if known is not None and known.credit:
        points = graded.max_score * share
        graded = graded.model_copy(update={"score": points, "outcome": Outcome.PARTIAL})
    return graded.model_copy(update={"diagnoses": why})


def record_calls(spec: Any, author: Author) -> Record:  # noqa: ARG001 - one signature for all
    """One call, and its result."""

    def record(recorder: Recorder, one: AuthorsCase) -> Ship:
        return {"value": play(recorder, spec.call, one)}

    return record


def sentence(text: str) -> str:
    """With a capital."""
    return text[:1].upper() + text[1:]
