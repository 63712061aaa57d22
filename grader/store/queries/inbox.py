"""Events from an LMS that wait for staff, and the sources they come from."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.store.models import InboundEventRow, LmsSourceRow


@dataclass(frozen=True, slots=True)
class InboundView:
    """An event that was parked (nobody known by that name) or refused, and why (`note`)."""

    id: str
    source: str
    event_id: str
    state: str
    note: str
    external_id: str
    name: str
    email: str
    assignment_key: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class SourceView:
    """An LMS that may send us events, never its secret."""

    id: str
    name: str
    created_at: datetime
    rotating: bool


def parked(session: Session, course_id: str, limit: int = 200) -> tuple[InboundView, ...]:
    """The course's events that came to nothing by themselves, newest first."""
    rows = session.execute(
        select(InboundEventRow, LmsSourceRow.name)
        .join(LmsSourceRow, LmsSourceRow.id == InboundEventRow.source_id)
        .where(
            LmsSourceRow.course_id == course_id, InboundEventRow.state.in_(("parked", "refused"))
        )
        .order_by(InboundEventRow.received_at.desc(), InboundEventRow.id.desc())
        .limit(limit)
    )
    return tuple(_view(row, source) for row, source in rows)


def sources(session: Session, course_id: str) -> tuple[SourceView, ...]:
    """The course's LMS sources by name."""
    rows = session.scalars(
        select(LmsSourceRow).where(LmsSourceRow.course_id == course_id).order_by(LmsSourceRow.name)
    )
    return tuple(
        SourceView(row.id, row.name, row.created_at, row.old_secret is not None) for row in rows
    )


def _view(row: InboundEventRow, source: str) -> InboundView:
    return InboundView(
        id=row.id,
        source=source,
        event_id=row.event_id,
        state=row.state,
        note=row.note,
        external_id=row.external_id,
        name=row.name,
        email=row.email,
        assignment_key=row.assignment_key,
        received_at=row.received_at,
    )
