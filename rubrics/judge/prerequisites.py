"""Checks that wait for others, and checks that say little."""

from collections.abc import Collection, Mapping

from rubrics.check_base import Check
from rubrics.grade import CheckGrade
from rubrics.outcome import STUDENT_CODE, UNSCORED, Outcome

_ENDS = {
    Outcome.CORRECT: "It passed.",
    Outcome.PARTIAL: "It passed in part.",
    Outcome.WRONG: "It did not pass.",
    Outcome.SKIPPED: "It was not tried.",
}


def unmet(check: Check, before: Mapping[str, CheckGrade]) -> list[CheckGrade]:
    """The needed checks that were judged and are not right; what waits for us does not count."""
    needed = [before[name] for name in check.needs if name in before]
    return [one for one in needed if one.outcome not in UNSCORED | {Outcome.CORRECT}]


def skipped(
    check: Check, points: float, why: list[CheckGrade], hidden: Collection[str]
) -> CheckGrade:
    """The grade of a check that was not tried: nothing earned, and no fault named.

    `hidden` are the ids of checks whose titles are not told.
    """
    names = " and ".join("a hidden check" if one.id in hidden else f"“{one.title}”" for one in why)
    return CheckGrade(
        id=check.id,
        title=check.title,
        outcome=Outcome.SKIPPED,
        evidence=check.evidence,
        score=0.0,
        max_score=points,
        feedback=f"Not tried, because it needs {names}.",
    )


def veiled(grade: CheckGrade, number: int, told: Collection[Outcome]) -> CheckGrade:
    """What a student sees of a hidden check: that there was one, whether it passed, what it earned.

    Code can choose how it ends by a hidden input, so an ending is told only if it is among those
    `told` already of runs without hidden inputs; else the check is simply wrong. A fault of ours or
    a person's wait speaks of no answer, so its words stay.
    """
    ended = grade.outcome in STUDENT_CODE
    outcome = Outcome.WRONG if ended and grade.outcome not in told else grade.outcome
    rest = "The code did not run to its end." if ended else grade.feedback
    said = _ENDS.get(outcome, rest)
    update = {"title": f"Hidden check {number}", "outcome": outcome, "feedback": said}
    return grade.model_copy(update={**update, "diagnoses": ()})
