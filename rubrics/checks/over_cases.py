"""What all checks over hidden cases share: which result belongs to which case, and the sum."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rubrics.answers.code.ended import explain_end, stopped_with
from rubrics.calls.decode import decode
from rubrics.check_base import Check
from rubrics.checks.case import Case
from rubrics.checks.hidden import Record, Recorded
from rubrics.code_check_specs import CasesCheck, Credit
from rubrics.grade import CheckGrade
from rubrics.job import CallResult, Run
from rubrics.outcome import UNSCORED, Outcome


@dataclass(frozen=True)
class Found:
    """One case judged: the share that is right (0 to 1), and what to say if that is not all.

    `outcome` is set when the student's code ended the case by itself.
    """

    share: float
    said: str = ""
    outcome: Outcome | None = None


RIGHT = Found(1.0)
HIDDEN = "hidden"
"""The run of all hidden checks: no visible one's message can then carry their inputs out."""
Verdict = Callable[[Recorded, CallResult], Found]


class Ended(Exception):
    """The whole check ends here, with 0: nothing was defined, or nothing ran."""

    def __init__(self, said: str, outcome: Outcome = Outcome.WRONG) -> None:
        super().__init__(said)
        self.said, self.outcome = said, outcome


def over_cases(
    spec: CasesCheck, case: Case, record: Record, verdict: Verdict, credit: Credit | None = None
) -> CheckGrade:
    """Judge every case by `verdict` and add up. Raises AuthorError."""
    recorded = case.recorded(spec, record)
    try:
        found = [_one(case, one, verdict) for one in recorded]
    except Ended as end:
        return grade(spec, case, share=0.0, said=end.said, outcome=end.outcome)
    share, said = _share(found, credit or spec.credit), _said(found, recorded)
    return grade(spec, case, share=share, said=said, outcome=_outcome(found, share))


def grade(
    spec: Check, case: Case, *, share: float, said: str, outcome: Outcome | None = None
) -> CheckGrade:
    """The grade of a check whose share (0 to 1) is known."""
    points = case.question.points_of(spec)
    if outcome is None:
        rest = Outcome.PARTIAL if share else Outcome.WRONG
        outcome = Outcome.CORRECT if share == 1 else rest
    return CheckGrade(
        id=spec.id,
        title=spec.title,
        outcome=outcome,
        evidence=spec.evidence,
        score=None if outcome in UNSCORED else points * share,
        max_score=points,
        feedback=said,
    )


class Absent(Exception):
    """What was to be shipped is not there, because a step before it failed."""


def shipped(result: CallResult, name: str) -> Any:
    """What was shipped under `name`, as Python values. Raises Absent."""
    if name not in result.values:
        raise Absent(name)
    return decode(result.values[name], result.tensors)


def run_of(case: Case, check: str = "") -> Run:
    """The run that the check `check` looks at: those that are hidden have one of their own.

    Raises Ended if there is none, which is our fault.
    """
    hidden = any(one.hidden and one.id == check for one in case.question.checks)
    run = case.others.get(HIDDEN) if hidden else case.run
    if run is None:
        raise Ended("Your file was not run: this is our fault.", Outcome.SERVICE_ERROR)
    return run


def result_of(case: Case, recorded: Recorded, run: Run | None = None) -> CallResult:
    """What a case's call came to. Raises Ended when it was never made, or could not be."""
    run = run or run_of(case, recorded.check)
    result = run.calls.get(recorded.call.name)
    if result is None:
        raise Ended(explain_end(run, case.parsed), run.ended or Outcome.SERVICE_ERROR)
    if result.missing:
        why = f"{explain_end(run, case.parsed)} " if run.error else ""
        raise Ended(f"{why}Your file defines no `{result.missing}`.")
    return result


def _one(case: Case, recorded: Recorded, verdict: Verdict) -> Found:
    result = result_of(case, recorded)
    if result.ended is not None:
        return Found(0.0, result.explanation, result.ended)
    try:
        found = verdict(recorded, result)
    except Absent:
        found = Found(0.0)
    if found.share < 1 and not found.said and result.error is not None:
        return Found(found.share, stopped_with(result.error, case.parsed), Outcome.CRASHED)
    return found


def _share(found: list[Found], credit: Credit) -> float:
    if all(one.share == 1 for one in found):
        return 1.0
    if credit == "all":
        return 0.0
    earned = [one.share if credit == "component" else float(one.share == 1) for one in found]
    return sum(earned) / len(found)


def _outcome(found: list[Found], share: float) -> Outcome | None:
    """How the check ended when all cases ended alike; otherwise it is partly right, or wrong."""
    ends = {one.outcome for one in found}
    return ends.pop() if len(ends) == 1 and share == 0 else None


def _said(found: list[Found], recorded: Sequence[Recorded]) -> str:
    right = sum(one.share == 1 for one in found)
    if right == len(found):
        return "Right." if right == 1 else f"All {right} cases are right."
    at, first = next((at, one) for at, one in enumerate(found) if one.share < 1)
    title = recorded[at].title
    start = f"{right} of {len(found)} cases {'is' if right == 1 else 'are'} right. "
    if len({one.said for one in found}) == 1:
        return f"No case is right. {first.said}"
    return f"{start}First that is not: {title}. {first.said}"
