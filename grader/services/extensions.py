"""Later dates and extra attempts for one person."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.errors import AssignmentUnknown, Fault, Invalid, NotEnrolled
from grader.services.after_commit import quietly
from grader.services.audit import note
from grader.services.penalties import take_anew
from grader.services.permission import require_manager
from grader.store.models import AssignmentRow, ExtensionRow
from grader.store.queries import access

MAX_ATTEMPTS = 1_000


def grant(
    ctx: Context,
    actor_id: str | None,
    assignment_id: str,
    person_id: str,
    *,
    due_at: datetime | None = None,
    closes_at: datetime | None = None,
    extra_attempts: int = 0,
    reason: str = "",
) -> str:
    """Grant an extension, in place of one granted before; returns its id.

    Grades whose late penalty falls away get a new revision. Raises AssignmentUnknown,
    NotEnrolled, Invalid.
    """
    _check(due_at, closes_at, extra_attempts)
    with ctx.store.begin() as session:
        assignment = session.get(AssignmentRow, assignment_id)
        if assignment is None:
            raise AssignmentUnknown("There is no such assignment.")
        require_manager(session, actor_id, assignment.course_id)
        if access.role(session, person_id, assignment.course_id) is None:
            raise NotEnrolled("The person is not enrolled in the course.")
        row = _row(ctx, session, assignment_id, person_id, actor_id)
        row.due_at, row.closes_at = due_at, closes_at
        row.extra_attempts, row.reason = extra_attempts, reason
        session.flush()
        changed = take_anew(ctx, session, assignment_id, actor_id=actor_id, person_id=person_id)
        note(
            ctx,
            session,
            "extension.granted",
            assignment_id,
            actor_id=actor_id,
            course_id=assignment.course_id,
            person_id=person_id,
            due_at=None if due_at is None else due_at.isoformat(),
            closes_at=None if closes_at is None else closes_at.isoformat(),
            extra_attempts=extra_attempts,
            reason=reason,
        )
    if changed:
        quietly(ctx.queue.enqueue_dispatch)
    return row.id


def _row(
    ctx: Context, session: Session, assignment_id: str, person_id: str, actor_id: str | None
) -> ExtensionRow:
    row = session.scalar(
        select(ExtensionRow).where(
            ExtensionRow.assignment_id == assignment_id, ExtensionRow.person_id == person_id
        )
    )
    if row is None:
        row = ExtensionRow(assignment_id=assignment_id, person_id=person_id)
        session.add(row)
    row.granted_by, row.created_at = actor_id, ctx.clock()
    return row


def _check(due_at: datetime | None, closes_at: datetime | None, extra_attempts: int) -> None:
    rules = (
        (
            due_at is not None and due_at.tzinfo is None,
            Fault("due_at", "The date has no time zone.", "Add one, such as +00:00."),
        ),
        (
            closes_at is not None and closes_at.tzinfo is None,
            Fault("closes_at", "The date has no time zone.", "Add one, such as +00:00."),
        ),
        (
            not 0 <= extra_attempts <= MAX_ATTEMPTS,
            Fault("extra_attempts", "That many cannot be given.", f"Use 0 to {MAX_ATTEMPTS}."),
        ),
    )
    faults = [fault for broken, fault in rules if broken]
    if faults:
        raise Invalid("The extension cannot be granted.", *faults)
