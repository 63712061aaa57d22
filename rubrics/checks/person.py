"""A person reads this answer: no score until then."""

from rubrics.check_specs import PersonCheck
from rubrics.checks.case import Case
from rubrics.grade import CheckGrade
from rubrics.outcome import Outcome


def person(spec: PersonCheck, case: Case) -> CheckGrade:
    """Leave the score open."""
    return CheckGrade(
        id=spec.id,
        title=spec.title,
        outcome=Outcome.NEEDS_REVIEW,
        evidence=spec.evidence,
        score=None,
        max_score=case.question.points_of(spec),
        feedback="A person will read and grade this answer.",
    )
