"""Giving an assignment to a course, or a new version of one that it has."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.errors import NotFound
from grader.domain.policy import Policy
from grader.services import archive
from grader.services.after_commit import quietly
from grader.services.audit import note
from grader.services.penalties import take_anew
from grader.services.permission import require_manager
from grader.store.models import AssignmentRow, AssignmentVersionRow, CourseRow
from rubrics import loader
from rubrics.schema import Assignment


def publish(
    ctx: Context,
    course_id: str,
    folder: Path,
    policy: Policy | None = None,
    *,
    actor_id: str | None = None,
) -> str:
    """Put the assignment in `folder` into the course and return its id there.

    Again with the same key: the version changes, and the policy if one is given. Grades whose
    late penalty changes by it get a new revision. Raises AssignmentError, NotFound, NotEnrolled.
    """
    assignment = loader.load(folder)
    sha256 = ctx.artefacts.put(archive.pack(folder))
    with ctx.store.begin() as session:
        require_manager(session, actor_id, course_id)
        _ensure_course(session, course_id)
        _ensure_version(ctx, session, assignment, sha256)
        row = _ensure_assignment(ctx, session, course_id, assignment, policy)
        changed = take_anew(ctx, session, row.id, actor_id=actor_id)
        note(
            ctx,
            session,
            "assignment.published",
            row.id,
            actor_id=actor_id,
            course_id=course_id,
            key=row.key,
            digest=row.digest,
            policy=row.policy,
            penalties_changed=len(changed),
        )
    if changed:
        quietly(ctx.queue.enqueue_dispatch)
    return row.id


def policy_of(ctx: Context, course_id: str, key: str) -> Policy | None:
    """The rules of the assignment with that key in the course; None if it is not there yet."""
    query = select(AssignmentRow.policy).where(
        AssignmentRow.course_id == course_id, AssignmentRow.key == key
    )
    with ctx.store.read() as session:
        stored = session.scalar(query)
    return None if stored is None else Policy.model_validate(stored)


def _ensure_course(session: Session, course_id: str) -> None:
    # Locked, so that two publishers of one course come one after the other.
    query = select(CourseRow.id).where(CourseRow.id == course_id)
    if session.scalar(query.with_for_update(key_share=True)) is None:
        raise NotFound("There is no such course.")


def _ensure_version(ctx: Context, session: Session, assignment: Assignment, sha256: str) -> None:
    if session.get(AssignmentVersionRow, assignment.digest) is not None:
        return
    session.add(
        AssignmentVersionRow(
            digest=assignment.digest,
            key=assignment.key,
            title=assignment.title,
            max_score=assignment.max_score,
            archive_sha256=sha256,
            created_at=ctx.clock(),
        )
    )
    session.flush()


def _ensure_assignment(
    ctx: Context, session: Session, course_id: str, assignment: Assignment, policy: Policy | None
) -> AssignmentRow:
    query = select(AssignmentRow).where(
        AssignmentRow.course_id == course_id, AssignmentRow.key == assignment.key
    )
    row = session.scalar(query)
    if row is None:
        row = AssignmentRow(course_id=course_id, key=assignment.key, created_at=ctx.clock())
        row.policy = (policy or Policy()).model_dump(mode="json")
        session.add(row)
    elif policy is not None:
        row.policy = policy.model_dump(mode="json")
    row.title = assignment.title
    row.digest = assignment.digest
    row.updated_at = ctx.clock()
    session.flush()
    return row
