"""Deliveries whose time has come go to the queue, one at a time for each endpoint.

So a receiver that is slow, or never answers, has one process at most, and keeps no other waiting.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, Select, func, or_, select, update

from grader.bootstrap import Context
from grader.outbound.queue import QueueDown
from grader.store.models import DeliveryRow

QUEUED = timedelta(minutes=10)
"""A delivery that was sent to the queue and not taken on for so long is taken for lost there."""

log = structlog.get_logger()


def enqueue(ctx: Context, limit: int = 500) -> int:
    """Send what is due to the queue, for each endpoint that has nothing there; returns how many.

    Whoever ends a try asks again, so that an endpoint's next delivery follows at once.
    """
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
    with ctx.store.begin() as session:
        now = ctx.clock()
        rows = session.scalars(
            select(DeliveryRow)
            # Asked again of the row itself: another round may have taken it a moment ago.
            .where(DeliveryRow.id.in_(_first_of_each(now)), _not_on_its_way(now))
            .order_by(DeliveryRow.next_try_at)
            .limit(limit)
            .with_for_update(skip_locked=True, key_share=True)
        ).all()
        for row in rows:
            row.queued_at = now
        return [row.id for row in rows]


def _first_of_each(now: datetime) -> Select[tuple[str]]:
    """What is due the longest at each endpoint that has nothing on its way."""
    busy = select(DeliveryRow.endpoint_id).where(
        DeliveryRow.state == "pending", DeliveryRow.queued_at > now - QUEUED
    )
    oldest = (DeliveryRow.next_try_at, DeliveryRow.id)
    place = func.row_number().over(partition_by=DeliveryRow.endpoint_id, order_by=oldest)
    ranked = (
        select(DeliveryRow.id, place.label("place"))
        .where(DeliveryRow.state == "pending", DeliveryRow.next_try_at <= now)
        .where(DeliveryRow.endpoint_id.not_in(busy))
        .subquery()
    )
    return select(ranked.c.id).where(ranked.c.place == 1)


def _not_on_its_way(now: datetime) -> ColumnElement[bool]:
    return or_(DeliveryRow.queued_at.is_(None), DeliveryRow.queued_at <= now - QUEUED)


def held_until(moment: datetime) -> datetime:
    """The `queued_at` of a delivery that is on its way until `moment` at the latest."""
    return moment - QUEUED


def _give_back(ctx: Context, delivery_ids: list[str]) -> None:
    """What the broker did not take is sent in the next round."""
    with ctx.store.begin() as session:
        lost = DeliveryRow.id.in_(delivery_ids)
        session.execute(update(DeliveryRow).where(lost).values(queued_at=None))
