"""The trail of who did what, written in the transaction of the act itself."""

from typing import Any

from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.store.models import AuditRow
from grader.store.queries.audit import OPERATOR


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
    """Append one act. `actor_id` None is the command line (`ctx.operator`), or the service."""
    if actor_id is None and ctx.operator:
        detail[OPERATOR] = ctx.operator
    row = AuditRow(
        at=ctx.clock(),
        actor_id=actor_id,
        course_id=course_id,
        action=action,
        subject_id=subject_id,
        detail=detail,
    )
    session.add(row)
