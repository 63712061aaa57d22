"""Deliveries whose time has come go to the queue, each once."""

from datetime import timedelta

import structlog
from sqlalchemy import or_, select, update

from grader.bootstrap import Context
from grader.outbound.queue import QueueDown
from grader.store.models import DeliveryRow

QUEUED = timedelta(minutes=10)
"""A delivery that was sent to the queue and not taken on for so long is taken for lost there."""

log = structlog.get_logger()


def enqueue(ctx: Context, limit: int = 500) -> int:
    """Send deliveries whose time has come to the queue, each once a while; returns how many."""
    due = _lease(ctx, limit)
    for sent, delivery_id in enumerate(due):
        try:
            ctx.queue.enqueue_delivery(delivery_id)
        except QueueDown as down:
            log.warning("deliveries_wait", error=str(down))
            _give_back(ctx, due[sent:])
            return sent
    return len(due)


def _lease(ctx: Context, limit: int) -> list[str]:
    """Take what is due and not in the queue already.

    While a slow receiver's deliveries wait in the queue, each round would else add them again.
    """
    with ctx.store.begin() as session:
        now = ctx.clock()
        waits_outside = or_(DeliveryRow.queued_at.is_(None), DeliveryRow.queued_at <= now - QUEUED)
        rows = session.scalars(
            select(DeliveryRow)
            .where(DeliveryRow.state == "pending", DeliveryRow.next_try_at <= now, waits_outside)
            .order_by(DeliveryRow.next_try_at)
            .limit(limit)
            .with_for_update(skip_locked=True, key_share=True)
        ).all()
        for row in rows:
            row.queued_at = now
        return [row.id for row in rows]


def _give_back(ctx: Context, delivery_ids: list[str]) -> None:
    """What the broker did not take is sent in the next round."""
    with ctx.store.begin() as session:
        lost = DeliveryRow.id.in_(delivery_ids)
        session.execute(update(DeliveryRow).where(lost).values(queued_at=None))
