"""Events from an LMS that wait for staff, and the sources they come from."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.store.models import (
    AssignmentRow,
    EnrolmentRow,
    InboundEventRow,
    LmsIdentityRow,
    LmsSourceRow,
    PersonRow,
)

WAITING = ("parked", "refused")


@dataclass(frozen=True, slots=True)
class InboundView:
    """An event that was parked or refused, why (`note`), and what a parked one lacks even now.

    `lacks` is "person" (nobody is known by the LMS's name), "enrolment", "assignment", or empty:
    then nothing keeps it any more. `readable` is False for a body that was no submission at all;
    `person` is who it is here, empty where nobody is known by that name.
    """

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
    lacks: str
    readable: bool
    person: str


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
        .where(LmsSourceRow.course_id == course_id, InboundEventRow.state.in_(WAITING))
        .order_by(InboundEventRow.received_at.desc(), InboundEventRow.id.desc())
        .limit(limit)
    )
    known = _known(session, course_id)
    missing = _missing(session, course_id, known)
    names = _names(session, known.values())
    return tuple(
        _view(row, source, missing(row), names.get(known.get((row.source_id, row.external_id), "")))
        for row, source in rows
    )


def is_of(session: Session, inbound_id: str, course_id: str) -> bool:
    """Whether the event came to the course, whatever became of it."""
    query = select(LmsSourceRow.course_id).join(
        InboundEventRow, InboundEventRow.source_id == LmsSourceRow.id
    )
    return session.scalar(query.where(InboundEventRow.id == inbound_id)) == course_id


def waits(session: Session, inbound_id: str) -> bool:
    """Whether the event is one that staff can still decide on."""
    query = select(InboundEventRow.state).where(InboundEventRow.id == inbound_id)
    return session.scalar(query) in WAITING


def sources(session: Session, course_id: str) -> tuple[SourceView, ...]:
    """The course's LMS sources by name."""
    rows = session.scalars(
        select(LmsSourceRow).where(LmsSourceRow.course_id == course_id).order_by(LmsSourceRow.name)
    )
    return tuple(
        SourceView(row.id, row.name, row.created_at, row.old_secret is not None) for row in rows
    )


def _known(session: Session, course_id: str) -> dict[tuple[str, str], str]:
    """Whom the course's sources are known to mean, by source and its name for them."""
    known = select(LmsIdentityRow.source_id, LmsIdentityRow.external_id, LmsIdentityRow.person_id)
    known = known.join(LmsSourceRow, LmsSourceRow.id == LmsIdentityRow.source_id)
    found = session.execute(known.where(LmsSourceRow.course_id == course_id))
    return {(source_id, name): person for source_id, name, person in found}


def _names(session: Session, person_ids: Collection[str]) -> dict[str, str]:
    query = select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(set(person_ids)))
    return dict(session.execute(query).all())


def _missing(
    session: Session, course_id: str, people: Mapping[tuple[str, str], str]
) -> Callable[[InboundEventRow], str]:
    """Says of an event of the course what it lacks, all known names read at once."""
    enrolled = select(EnrolmentRow.person_id).where(EnrolmentRow.course_id == course_id)
    members = set(session.scalars(enrolled))
    keys = set(
        session.scalars(select(AssignmentRow.key).where(AssignmentRow.course_id == course_id))
    )

    def missing(row: InboundEventRow) -> str:
        person = people.get((row.source_id, row.external_id))
        if person is None:
            return "person"
        if person not in members:
            return "enrolment"
        return "" if row.assignment_key in keys else "assignment"

    return missing


def _view(row: InboundEventRow, source: str, lacks: str, person: str | None) -> InboundView:
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
        lacks=lacks,
        readable=bool(row.external_id),
        person=person or "",
    )
