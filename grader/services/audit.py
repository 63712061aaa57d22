"""The trail of who did what, written in the transaction of the act itself."""

from typing import Any

from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.store.models import AuditRow


def note(
    ctx: Context,
    session: Session,
    action: str,
    subject_id: str,
    *,
    actor_id: str | None,
    course_id: str | None = None,
    **detail: Any,
) -> None:
    """Append one act. `actor_id` None is the command line, or the service itself."""
    row = AuditRow(
        at=ctx.clock(),
        actor_id=actor_id,
        course_id=course_id,
        action=action,
        subject_id=subject_id,
        detail=detail,
    )
    session.add(row)
