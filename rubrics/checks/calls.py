"""Results of hidden calls are equal to the reference's."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from rubrics.checks.attempt import attempt
from rubrics.checks.case import Case, References
from rubrics.checks.close import Rules
from rubrics.checks.derived import derived_of
from rubrics.checks.gradient_slips import slips
from rubrics.checks.hidden import Author, Record, Recorded, Recorder, Ship, play
from rubrics.checks.matching import match
from rubrics.checks.mistakes import mistake_in_calls, with_known
from rubrics.checks.over_cases import Found, over_cases, result_of, shipped
from rubrics.checks.probe import Probe
from rubrics.checks.stages import first_departure
from rubrics.code_check_specs import CallsCheck
from rubrics.grade import CheckGrade, Diagnosis
from rubrics.job import CallResult
from rubrics.outcome import UNSCORED, Outcome
from rubrics.reference.cases import Case as AuthorsCase

NONE: tuple[Diagnosis, ...] = ()


def calls(spec: CallsCheck, case: Case) -> CheckGrade:
    """Compare values, shape, dtype and nesting of every result. Raises AuthorError."""
    rules, wrong = rules_of(spec), list[Recorded]()

    def verdict(recorded: Recorded, result: CallResult) -> Found:
        given = shipped(result, "value")
        true = case.author.expected(recorded, spec.names)
        found = match("the result", given, true.plain["value"], true.exact["value"], rules)
        if found.share < 1:
            wrong.append(recorded)
        return Found(found.share, sentence(found.fault))

    graded = over_cases(spec, case, record_calls(spec, case.author), verdict)
    if graded.outcome is Outcome.CORRECT or graded.outcome in UNSCORED:
        return graded
    return explained(spec, case, wrong, graded)


def rules_of(spec: CallsCheck) -> Rules:
    """How results are compared."""
    return Rules(spec.strict, spec.tolerance, spec.allow_nonfinite)


def explained(
    spec: CallsCheck, case: Case, wrong: Sequence[Recorded], graded: CheckGrade
) -> CheckGrade:
    """With what is known of why the cases `wrong` are, and what a known mistake earns."""
    probe = probe_of_calls(spec, case.references)
    recorded = case.recorded(spec, record_calls(spec, case.author))
    known = attempt(lambda: mistake_in_calls(spec, case, recorded, probe), None)
    why = NONE
    if not spec.hidden:  # of which students are told nothing
        why += attempt(lambda: _departure(spec, case, wrong), NONE)
        why += _slips(spec, case, wrong)
    share, why = with_known((graded.score or 0.0) / graded.max_score, why, known)
    if known is not None and known.credit:
        points = graded.max_score * share
        graded = graded.model_copy(update={"score": points, "outcome": Outcome.PARTIAL})
    return graded.model_copy(update={"diagnoses": why})


def _departure(spec: CallsCheck, case: Case, wrong: Sequence[Recorded]) -> tuple[Diagnosis, ...]:
    """Of the first of the cases that are not right."""

    def look(one: Recorded) -> tuple[Diagnosis, ...]:
        given = shipped(result_of(case, one), "value")
        true = case.author.expected(one, spec.names)
        plain, exact = true.plain["value"], true.exact["value"]
        return first_departure(spec.stages, given, plain, exact, rules_of(spec))

    def every() -> Iterator[Diagnosis]:
        for one in wrong:
            yield from attempt(partial(look, one), NONE)

    return tuple(islice(every(), 1))


def _slips(spec: CallsCheck, case: Case, wrong: Sequence[Recorded]) -> tuple[Diagnosis, ...]:
    """Why a gradient written by hand is wrong, where the author says of what it is one."""
    probe = probe_of_calls(spec, case.references)
    return slips(probe, lambda one: shipped(result_of(case, one), "value"), wrong)


def probe_of_calls(spec: CallsCheck, references: References) -> Probe | None:
    """The case in which slips and mistakes are looked up, where there are any to look for."""
    derived = None if spec.hidden else derived_of(spec)
    if derived is None and not spec.mistakes:
        return None
    return references.probes.of(spec, record_calls(spec, references.author), derived)


def record_calls(spec: Any, author: Author) -> Record:  # noqa: ARG001 - one signature for all
    """One call, and its result."""

    def record(recorder: Recorder, one: AuthorsCase) -> Ship:
        return {"value": play(recorder, spec.call, one)}

    return record


def sentence(text: str) -> str:
    """With a capital."""
    return text[:1].upper() + text[1:]
