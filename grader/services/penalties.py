"""Taking late penalties anew after dates have changed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.services import revisions
from grader.store.models import GradeRow, SubmissionRow
from grader.store.queries.current import is_current_grade
from rubrics.grade import Grade


def take_anew(
    ctx: Context,
    session: Session,
    assignment_id: str,
    *,
    actor_id: str | None,
    person_id: str | None = None,
) -> list[str]:
    """Append a revision to each grade whose penalty is another now; returns the submissions."""
    query = (
        select(SubmissionRow.id, GradeRow.late_penalty)
        .join(GradeRow, is_current_grade())
        .where(SubmissionRow.assignment_id == assignment_id)
    )
    if person_id is not None:
        query = query.where(SubmissionRow.person_id == person_id)
    changed = []
    for submission_id, _ in session.execute(query.order_by(SubmissionRow.id)).all():
        if _take(ctx, session, submission_id, actor_id):
            changed.append(submission_id)
    return changed


def _take(ctx: Context, session: Session, submission_id: str, actor_id: str | None) -> bool:
    submission = revisions.locked(session, submission_id)
    before = revisions.current(session, submission_id)
    if submission is None or before is None:
        return False
    if revisions.penalty_of(session, submission) == before.late_penalty:
        return False
    source = revisions.Author("machine" if actor_id is None else "person", person_id=actor_id)
    grade = Grade.model_validate(before.data)
    revisions.append(session, submission, grade, source, now=ctx.clock())
    return True
