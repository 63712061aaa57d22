"""Deliveries of webhooks: each try is counted and logged before it is made, and ended after it."""

import json
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from grader.bootstrap import Context
from grader.outbound import due
from grader.outbound.retries import DELAYS, next_try
from grader.outbound.send import Message, Reply, send
from grader.services import endpoints, signing_keys
from grader.store.models import DeliveryAttemptRow, DeliveryRow, OutboxRow, WebhookEndpointRow
from grader.store.vault import VaultLocked

TIME_LIMIT_S = 40
"""A try that lasts longer (a receiver that drips its answer) is ended with its process."""

LEASE = timedelta(seconds=TIME_LIMIT_S + 20)

UNENDED = f"No answer so far; a try that lasts longer than {TIME_LIMIT_S} s is stopped."


@dataclass(frozen=True)
class Parcel:
    """One try, ready to be made without the database."""

    delivery_id: str
    endpoint_id: str
    number: int
    url: str
    message: Message
    sealed: tuple[str, ...]


def attempt(ctx: Context, delivery_id: str) -> Reply | None:
    """Make one try of a delivery that is due, and log it; None if there is nothing to do."""
    parcel = _claim(ctx, delivery_id)
    if parcel is None:
        return None
    reply = _send(ctx, parcel)
    _settle(ctx, parcel, reply)
    if reply.gone:
        endpoints.disable(ctx, parcel.endpoint_id, reply.error)
    return reply


def _send(ctx: Context, parcel: Parcel) -> Reply:
    try:
        secrets = ctx.vault.open_any(parcel.sealed)
    except VaultLocked:
        return Reply(None, "Its secret cannot be opened: XGRAD_SECRET_KEY changed. Rotate it.", 0.0)
    loopback = ctx.settings.webhook_allow_private
    return send(parcel.url, parcel.message, secrets, ctx.clock(), allow_loopback=loopback)


def _claim(ctx: Context, delivery_id: str) -> Parcel | None:
    """Count the try, log it, and put the next one off.

    So a second task finds nothing to do, and a receiver that gets every try stopped uses up the
    same table as one that refuses.
    """
    with ctx.store.begin() as session:
        row = session.scalars(
            select(DeliveryRow).where(DeliveryRow.id == delivery_id).with_for_update()
        ).one_or_none()
        now = ctx.clock()
        if row is None or row.state != "pending" or (row.next_try_at and row.next_try_at > now):
            return None
        endpoint = session.get_one(WebhookEndpointRow, row.endpoint_id)
        # The last try is used up here only if it died before it was settled.
        if not endpoint.active or row.tries >= len(DELAYS):
            row.state, row.next_try_at, row.queued_at = "failed", None, None
            return None
        row.tries += 1
        # If its process dies, the endpoint's other deliveries wait no longer than this.
        row.queued_at = due.held_until(now + LEASE)
        row.next_try_at = max(now + LEASE, _after(row.tries, now) or now)
        session.add(_begun(row, now))
        sealed = signing_keys.valid(endpoint, now)
        return _parcel(session.get_one(OutboxRow, row.outbox_id), row, endpoint, sealed)


def _parcel(
    event: OutboxRow, row: DeliveryRow, endpoint: WebhookEndpointRow, sealed: tuple[str, ...]
) -> Parcel:
    return Parcel(
        delivery_id=row.id,
        endpoint_id=endpoint.id,
        number=row.tries,
        url=endpoint.url,
        message=Message(event.id, body_of(event)),
        sealed=sealed,
    )


def _begun(row: DeliveryRow, now: datetime) -> DeliveryAttemptRow:
    return DeliveryAttemptRow(
        delivery_id=row.id, number=row.tries, at=now, status=None, error=UNENDED, elapsed_ms=0.0
    )


def body_of(event: OutboxRow) -> str:
    """The JSON that is sent: the same bytes at every try, as its signature demands."""
    body = {"type": event.event, "timestamp": event.created_at.isoformat(), "data": event.payload}
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _settle(ctx: Context, parcel: Parcel, reply: Reply) -> None:
    """Log how the try ended, and set what comes next."""
    with ctx.store.begin() as session:
        now = ctx.clock()
        query = select(DeliveryAttemptRow).where(
            DeliveryAttemptRow.delivery_id == parcel.delivery_id,
            DeliveryAttemptRow.number == parcel.number,
        )
        logged = session.scalars(query).one()
        logged.status, logged.error = reply.status, reply.error
        logged.elapsed_ms = reply.elapsed_ms
        row = session.get_one(DeliveryRow, parcel.delivery_id)
        row.queued_at = None
        if reply.delivered:
            row.state, row.next_try_at, row.delivered_at = "delivered", None, now
            return
        again = None if reply.gone else _after(parcel.number, now, reply.retry_after)
        row.state, row.next_try_at = ("pending", again) if again else ("failed", None)


def _after(tries: int, now: datetime, wish: timedelta | None = None) -> datetime | None:
    return next_try(tries, now, wish, random.random())  # noqa: S311 - no secret in it
