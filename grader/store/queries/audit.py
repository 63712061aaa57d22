"""Who did what in a course."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.store.models import AuditRow, PersonRow


@dataclass(frozen=True, slots=True)
class AuditView:
    """One act; `actor` is a username, or "the service"."""

    at: datetime
    actor: str
    action: str
    subject_id: str
    detail: dict[str, Any]


def log(session: Session, course_id: str, limit: int = 100) -> tuple[AuditView, ...]:
    """The course's newest acts first."""
    rows = session.execute(
        select(AuditRow, PersonRow.username)
        .outerjoin(PersonRow, PersonRow.id == AuditRow.actor_id)
        .where(AuditRow.course_id == course_id)
        .order_by(AuditRow.id.desc())
        .limit(limit)
    )
    return tuple(
        AuditView(row.at, actor or "the service", row.action, row.subject_id, row.detail)
        for row, actor in rows
    )
