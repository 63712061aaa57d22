"""Which answer a grader reads next: the rest of this submission, then the next that waits.

Whoever grades reads many answers to one assignment, so the others of that assignment come first.
"""

from flask import url_for
from sqlalchemy.orm import Session

from grader.store.queries import dashboard as queries
from grader.store.queries.submissions import SubmissionView
from rubrics.grade import Grade
from rubrics.outcome import Outcome

WAITS = ("needs_review",)


def questions(grade: Grade | None) -> list[str]:
    """The questions of a grade that wait for a person, in their order."""
    asked = grade.questions if grade else ()
    return [one.id for one in asked if one.outcome == Outcome.NEEDS_REVIEW]


def page(submission_id: str, grade: Grade | None) -> str:
    """The form of the first question that waits; the submission's page if none does."""
    waiting = questions(grade)
    if not waiting:
        return url_for("dashboard.submission", submission_id=submission_id)
    return url_for("dashboard.review_form", submission_id=submission_id, question_id=waiting[0])


def following(
    session: Session, view: SubmissionView, grade: Grade | None, question_id: str
) -> str | None:
    """The page to go to from that question, decided or not; None where nothing else waits."""
    order = [one.id for one in grade.questions] if grade else []
    at = order.index(question_id) if question_id in order else len(order)
    later = [one for one in questions(grade) if order.index(one) > at]
    if later:
        return url_for("dashboard.review_form", submission_id=view.id, question_id=later[0])
    found = _another(session, view)
    return None if found is None else url_for("dashboard.review_first", submission_id=found)


def _another(session: Session, view: SubmissionView) -> str | None:
    """The next submission that waits: later ones first, then from the beginning again."""
    for assignment_id in (view.assignment_id, None):
        for after in (view.id, None):
            rows = queries.rows(
                session,
                view.course_id,
                assignment_id=assignment_id,
                states=WAITS,
                after=after,
                limit=2,
                oldest_first=True,
            )
            others = [one.submission_id for one in rows if one.submission_id != view.id]
            if others:
                return others[0]
    return None
