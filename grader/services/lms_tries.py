"""How often an LMS's event was acted on: counted before each try, and bounded."""

from datetime import datetime

from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.errors import NotFound
from grader.store.models import InboundEventRow

MAX_NOTE = 4_000

MAX_TRIES = 10
"""How often an event is acted on, at the sweep's pace, before it is left to staff."""


def release(ctx: Context, inbound_id: str, reason: str) -> None:
    """Leave an event that broke by our fault to the sweep; the `MAX_TRIES`th time, to staff."""
    with ctx.store.begin() as session:
        row = locked(session, inbound_id)
        if row.state != "received":
            return
        row.note, row.touched_at = cut(reason), ctx.clock()
        if row.tries >= MAX_TRIES:
            _give_up(row)


def claim(ctx: Context, inbound_id: str) -> InboundEventRow:
    """Count the try before it is made, so that one which kills its process counts too.

    The row that is returned says whether there is something to do: only while it is `received`.
    Raises NotFound.
    """
    with ctx.store.begin() as session:
        row = locked(session, inbound_id)
        if row.state != "received":
            return row
        row.touched_at = ctx.clock()
        if row.tries >= MAX_TRIES:
            _give_up(row)
        else:
            row.tries += 1
        return row


def locked(session: Session, inbound_id: str) -> InboundEventRow:
    """The event, for writing. Raises NotFound."""
    row = session.get(InboundEventRow, inbound_id, with_for_update={"key_share": True})
    if row is None:
        raise NotFound("There is no such event.")
    return row


def begin_anew(row: InboundEventRow, now: datetime) -> None:
    """Take a parked or refused event up again, with every try before it."""
    row.state, row.note, row.tries, row.touched_at = "received", "", 0, now


def cut(text: str) -> str:
    """A note, no longer than staff need to see of it."""
    return text if len(text) <= MAX_NOTE else text[: MAX_NOTE - 1] + "…"


def _give_up(row: InboundEventRow) -> None:
    reason = row.note or "It never came to an end."
    row.state = "refused"
    row.note = cut(
        f"Acting on this broke {row.tries} times by a fault of ours, not the sender's. "
        f"Mend it, then have it tried again. The last reason: {reason}"
    )
