"""Asking for a submission to be graded again, by the assignment as it is now."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.errors import Conflict, NotFound
from grader.services import revisions
from grader.services.after_commit import quietly
from grader.services.audit import note
from grader.services.grading import OPEN
from grader.services.intake import queued
from grader.services.permission import require_grader
from grader.store.models import AssignmentRow, GradingRow


def request(ctx: Context, actor_id: str | None, submission_id: str) -> str:
    """Queue another grading and return its id; one that already waits is returned as it is.

    Raises NotFound, NotEnrolled, and Conflict while an older version is being graded: a grading
    that ends later must never be by an older version.
    """
    with ctx.store.begin() as session:
        submission = revisions.locked(session, submission_id)
        if submission is None:
            raise NotFound("There is no such submission.")
        assignment = session.get_one(AssignmentRow, submission.assignment_id)
        require_grader(session, actor_id, assignment.course_id)
        grading_id = _pending(session, submission_id, assignment.digest)
        if grading_id is None:
            row = queued(ctx, submission_id, assignment.digest, actor_id)
            session.add(row)
            grading_id = row.id
            note(
                ctx,
                session,
                "regrade.requested",
                submission_id,
                actor_id=actor_id,
                course_id=assignment.course_id,
                digest=assignment.digest,
            )
    ctx.events.publish(submission_id, "queued")
    quietly(ctx.queue.enqueue_grading, grading_id)
    return grading_id


def _pending(session: Session, submission_id: str, digest: str) -> str | None:
    row = session.scalar(
        select(GradingRow).where(
            GradingRow.submission_id == submission_id, GradingRow.state.in_(OPEN)
        )
    )
    if row is not None and row.digest != digest:
        raise Conflict(
            "This submission is being graded by an older version of the assignment right now. "
            "Ask again when that is done."
        )
    return None if row is None else row.id
