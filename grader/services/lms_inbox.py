"""Events from an LMS: verified, kept once, then acted on; what cannot be waits for staff."""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.errors import (
    Conflict,
    Fault,
    Invalid,
    NotEnrolled,
    NotFound,
    Refusal,
    TooLarge,
    Unavailable,
)
from grader.services import intake, lms_event, lms_signature, lms_sources, lms_tries, signing_keys
from grader.services.after_commit import quietly
from grader.services.audit import note
from grader.services.lms_event import Event
from grader.services.permission import require_grader
from grader.store.base import new_id
from grader.store.models import InboundEventRow, LmsSourceRow
from grader.store.queries import access, assignments
from grader.store.vault import VaultLocked

DONE = "This event does not wait any more: it was acted on, was set aside, or is about to be tried."
LOST = "We can no longer read the secret that its events are signed with."

log = structlog.get_logger()


def receive(ctx: Context, source: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Verify an event and keep it; False if it is here already (a replay changes nothing).

    Raises NotFound (no such source), TooLarge, SignatureInvalid (wrong, malformed, missing or
    more than five minutes old or early), Invalid (not an event at all), Unavailable (we lost the
    key that would tell).
    """
    _check_size(ctx, body)
    with ctx.store.read() as session:
        row = session.scalar(select(LmsSourceRow).where(LmsSourceRow.name == source))
        if row is None:
            raise NotFound("There is no such LMS source.")
        source_id, sealed = row.id, signing_keys.valid(row, ctx.clock())
    lms_signature.verify(_opened(ctx, source, sealed), headers, body)
    event_id = lms_signature.event_id(headers)
    kind = lms_event.kind_of(body)
    if kind is None:
        fault = Fault("body", "It is no JSON object with a type.", "Send an event.")
        raise Invalid("The body is not an event.", fault)
    inbound = _inbound(ctx, source_id, event_id, kind, body)
    with ctx.store.begin() as session:
        if not _insert(session, inbound):
            return False
    if inbound.state == "received":
        quietly(ctx.queue.enqueue_inbound, inbound.id)
    return True


def act(ctx: Context, inbound_id: str) -> str:
    """Turn a kept event into a submission, and return the event's state.

    Acting twice submits once: the event's id is the idempotency key. Raises NotFound, and whatever
    breaks by our fault; the caller then says so to `lms_tries.release`.
    """
    inbound = lms_tries.claim(ctx, inbound_id)
    if inbound.state != "received":
        return inbound.state
    result = _try(ctx, inbound)
    with ctx.store.begin() as session:
        row = lms_tries.locked(session, inbound_id)
        if row.state == "received":
            row.state, row.note, row.submission_id = result.state, result.note, result.submission_id
            row.touched_at = ctx.clock()
        return row.state


def adopt(ctx: Context, actor_id: str, inbound_id: str, person_id: str) -> None:
    """Say whom a parked event is from; it and all parked ones of that name are acted on again.

    Raises NotFound, NotEnrolled, Conflict (it is not parked, or the name is somebody else's).
    """
    with ctx.store.begin() as session:
        row, source = _of_staff(session, actor_id, inbound_id)
        if row.state != "parked":
            raise Conflict("This event is not waiting for a person.")
        if access.role(session, person_id, source.course_id) is None:
            raise NotEnrolled("The person is not enrolled in the course: enrol them first.")
        lms_sources.remember_identity(ctx, session, source.id, row.external_id, person_id)
        again = session.scalars(
            select(InboundEventRow).where(
                InboundEventRow.source_id == source.id,
                InboundEventRow.external_id == row.external_id,
                InboundEventRow.state == "parked",
            )
        ).all()
        for one in again:
            lms_tries.begin_anew(one, ctx.clock())
        note(
            ctx,
            session,
            "lms_event.adopted",
            inbound_id,
            actor_id=actor_id,
            course_id=source.course_id,
            person_id=person_id,
            external_id=row.external_id,
        )
    for one in again:
        quietly(ctx.queue.enqueue_inbound, one.id)


def retry(ctx: Context, actor_id: str | None, inbound_id: str) -> None:
    """Act again on a parked or refused event, after its cause was mended.

    Raises NotFound, NotEnrolled, Conflict (it was acted on).
    """
    with ctx.store.begin() as session:
        row, source = _of_staff(session, actor_id, inbound_id)
        if row.state not in ("parked", "refused"):
            raise Conflict(DONE)
        lms_tries.begin_anew(row, ctx.clock())
        note(
            ctx,
            session,
            "lms_event.retried",
            inbound_id,
            actor_id=actor_id,
            course_id=source.course_id,
        )
    quietly(ctx.queue.enqueue_inbound, inbound_id)


def set_aside(ctx: Context, actor_id: str | None, inbound_id: str) -> None:
    """Take an event that will come to nothing off the list; it is kept, and nothing follows of it.

    Raises NotFound, NotEnrolled, Conflict (it was acted on).
    """
    with ctx.store.begin() as session:
        row, source = _of_staff(session, actor_id, inbound_id)
        if row.state not in ("parked", "refused"):
            raise Conflict(DONE)
        row.state, row.note = "acted", lms_tries.cut(f"Set aside by staff. {row.note}".strip())
        row.touched_at = ctx.clock()
        note(
            ctx,
            session,
            "lms_event.set_aside",
            inbound_id,
            actor_id=actor_id,
            course_id=source.course_id,
            external_id=row.external_id,
        )


def _opened(ctx: Context, source: str, sealed: tuple[str, ...]) -> list[str]:
    try:
        return ctx.vault.open_any(sealed)
    except VaultLocked as locked:
        log.exception("lms_source_locked", source=source)
        # Said to whoever knocks, so it names no setting; 503, so that the LMS sends it again.
        remedy = "Its secret must be rotated here; then sign with the new one."
        raise Unavailable(
            "Events of this source cannot be checked at present.", Fault("source", LOST, remedy)
        ) from locked


def _check_size(ctx: Context, body: bytes) -> None:
    limit = 2 * ctx.settings.max_upload_mb  # base64 makes files a third longer
    if len(body) > limit * 1024 * 1024:
        raise TooLarge(f"The event is larger than {limit} MB.")


def _inbound(
    ctx: Context, source_id: str, event_id: str, kind: str, body: bytes
) -> InboundEventRow:
    """The row to keep: `received`, or at once `refused` (malformed) or `acted` (not for us)."""
    now = ctx.clock()
    row = InboundEventRow(
        id=new_id(),
        source_id=source_id,
        event_id=event_id,
        body_sha256=ctx.artefacts.put(body),
        external_id="",
        name="",
        email="",
        assignment_key="",
        state="received",
        note="",
        received_at=now,
        touched_at=now,
    )
    if kind != lms_event.SUBMISSION:
        row.state, row.note = "acted", f"Events of type {kind[:100]!r} are kept, and mean nothing."
        return row
    try:
        data = lms_event.read(body).data
    except ValidationError as error:
        row.state, row.note = "refused", lms_tries.cut(lms_event.sentences(error))
        return row
    row.external_id, row.assignment_key = data.user.id, data.assignment
    row.name, row.email = data.user.name, data.user.email
    return row


def _insert(session: Session, row: InboundEventRow) -> bool:
    # The lock puts deliveries of one source in line, so the unique index never has to speak.
    session.get_one(LmsSourceRow, row.source_id, with_for_update={"key_share": True})
    known = session.scalar(
        select(InboundEventRow.id).where(
            InboundEventRow.source_id == row.source_id, InboundEventRow.event_id == row.event_id
        )
    )
    if known is None:
        session.add(row)
    return known is None


@dataclass(frozen=True, slots=True)
class _Result:
    state: str
    note: str = ""
    submission_id: str | None = None


def _try(ctx: Context, inbound: InboundEventRow) -> _Result:
    event = lms_event.read(ctx.artefacts.get(inbound.body_sha256))
    found = _addressed(ctx, inbound, event)
    if isinstance(found, _Result):
        return found
    person_id, assignment_id = found
    try:
        receipt = intake.submit(
            ctx,
            intake.Intake(
                person_id=person_id,
                assignment_id=assignment_id,
                answers=lms_event.raw_answers(event.data),
                source="lms",
                idempotency_key=f"lms:{inbound.id}",
                received_at=inbound.received_at,
            ),
        )
    except Refusal as refusal:
        parts = [f"{one.field}: {one.message} {one.remedy}" for one in refusal.faults]
        return _Result("refused", lms_tries.cut(" ".join([refusal.message, *parts])))
    return _Result("acted", submission_id=receipt.submission_id)


def _addressed(ctx: Context, inbound: InboundEventRow, event: Event) -> tuple[str, str] | _Result:
    """Whose submission to which assignment it is; or parked, with what is missing."""
    user, key = event.data.user, event.data.assignment
    with ctx.store.read() as session:
        source = session.get_one(LmsSourceRow, inbound.source_id)
        known = lms_sources.identity(session, source.id, user.id)
        if known is None:
            return _Result(
                "parked", f"Nobody here is known as {user.id!r} at {source.name}: say who it is."
            )
        if access.role(session, known.person_id, source.course_id) is None:
            return _Result(
                "parked", f"{user.id!r} at {source.name} is not enrolled in the course: enrol them."
            )
        assignment_id = assignments.by_key(session, source.course_id, key)
        if assignment_id is None:
            return _Result("parked", f"The course has no assignment {key!r}: publish it.")
        return known.person_id, assignment_id


def _of_staff(
    session: Session, actor_id: str | None, inbound_id: str
) -> tuple[InboundEventRow, LmsSourceRow]:
    row = lms_tries.locked(session, inbound_id)
    source = session.get_one(LmsSourceRow, row.source_id)
    require_grader(session, actor_id, source.course_id)
    return row, source
