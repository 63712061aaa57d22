"""Deliveries of webhooks: each try is counted before it is made and logged after it."""

import json
import random
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import select

from grader.bootstrap import Context
from grader.outbound.queue import QueueDown
from grader.outbound.retries import next_try
from grader.outbound.send import Message, Reply, send
from grader.services import endpoints, signing_keys
from grader.store.models import DeliveryAttemptRow, DeliveryRow, OutboxRow, WebhookEndpointRow
from grader.store.queries import webhooks
from grader.store.vault import VaultLocked

TIME_LIMIT_S = 40
"""A try that lasts longer (a receiver that drips its answer) is ended with its process."""

LEASE = timedelta(seconds=TIME_LIMIT_S + 20)

log = structlog.get_logger()


@dataclass(frozen=True)
class Parcel:
    """One try, ready to be made without the database."""

    delivery_id: str
    endpoint_id: str
    number: int
    url: str
    message: Message
    sealed: tuple[str, ...]


def enqueue_due(ctx: Context, limit: int = 500) -> int:
    """Send every delivery whose time has come to the queue; returns how many."""
    with ctx.store.read() as session:
        due = webhooks.due(session, ctx.clock(), limit)
    for delivery_id in due:
        try:
            ctx.queue.enqueue_delivery(delivery_id)
        except QueueDown as down:
            # They stay due, so the next round sends them.
            log.warning("deliveries_wait", error=str(down))
            return 0
    return len(due)


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
    """Count the try and put the next one off, so that a second task finds nothing to do."""
    with ctx.store.begin() as session:
        row = session.scalars(
            select(DeliveryRow).where(DeliveryRow.id == delivery_id).with_for_update()
        ).one_or_none()
        now = ctx.clock()
        if row is None or row.state != "pending" or (row.next_try_at and row.next_try_at > now):
            return None
        endpoint = session.get_one(WebhookEndpointRow, row.endpoint_id)
        if not endpoint.active:
            row.state, row.next_try_at = "failed", None
            return None
        row.tries += 1
        row.next_try_at = now + LEASE
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


def body_of(event: OutboxRow) -> str:
    """The JSON that is sent: the same bytes at every try, as its signature demands."""
    body = {"type": event.event, "timestamp": event.created_at.isoformat(), "data": event.payload}
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _settle(ctx: Context, parcel: Parcel, reply: Reply) -> None:
    """Log the try, and set what comes next."""
    with ctx.store.begin() as session:
        now = ctx.clock()
        session.add(
            DeliveryAttemptRow(
                delivery_id=parcel.delivery_id,
                number=parcel.number,
                at=now,
                status=reply.status,
                error=reply.error,
                elapsed_ms=reply.elapsed_ms,
            )
        )
        row = session.get_one(DeliveryRow, parcel.delivery_id)
        if reply.delivered:
            row.state, row.next_try_at, row.delivered_at = "delivered", None, now
            return
        chance = random.random()  # noqa: S311 - no secret in it
        again = None if reply.gone else next_try(parcel.number, now, reply.retry_after, chance)
        row.state, row.next_try_at = ("pending", again) if again else ("failed", None)
