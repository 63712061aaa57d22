"""How the grades of questions make the grade of a submission."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from rubrics.grade import Grade, QuestionGrade, SandboxUse
from rubrics.outcome import UNSCORED, Outcome, combine
from rubrics.schema import Assignment


class Total(NamedTuple):
    """`score` sums what is known already, and is None while nothing is; then `provisional`."""

    score: float | None
    max_score: float
    provisional: bool
    outcome: Outcome


def total(questions: Sequence[QuestionGrade]) -> Total:
    """The total of a submission. Provisional as long as one question waits, for a person or us."""
    known = [one.score for one in questions if one.score is not None]
    waiting = any(one.score is None or one.outcome in UNSCORED for one in questions)
    return Total(
        score=math.fsum(known) if known or not waiting else None,
        max_score=math.fsum(one.max_score for one in questions),
        provisional=waiting,
        outcome=combine(one.outcome for one in questions),
    )


def assemble(  # noqa: PLR0917
    assignment: Assignment,
    student: str,
    attempt: int,
    questions: Sequence[QuestionGrade],
    use: SandboxUse,
    versions: dict[str, str],
) -> Grade:
    """The one grade that everything downstream carries, before any late penalty."""
    return Grade(
        assignment=assignment.key,
        student=student,
        attempt=attempt,
        questions=tuple(questions),
        sandbox=use,
        versions=versions,
        **total(questions)._asdict(),
    )
