"""From events in the outbox to deliveries, one for each endpoint that wants them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.store.base import new_id
from grader.store.models import DeliveryRow, OutboxRow, WebhookEndpointRow


def dispatch(ctx: Context, limit: int = 500) -> list[str]:
    """Make the deliveries of new events, due at once; returns their ids.

    Running twice, or twice at once, makes each delivery once.
    """
    with ctx.store.begin() as session:
        events = session.scalars(
            select(OutboxRow)
            .where(OutboxRow.dispatched_at.is_(None))
            .order_by(OutboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True, key_share=True)
        ).all()
        return [one for event in events for one in _deliver(ctx, session, event)]


def _deliver(ctx: Context, session: Session, event: OutboxRow) -> list[str]:
    now = ctx.clock()
    endpoints = session.scalars(
        select(WebhookEndpointRow.id)
        .where(WebhookEndpointRow.course_id == event.course_id, WebhookEndpointRow.active)
        .order_by(WebhookEndpointRow.id)
    ).all()
    rows = [
        DeliveryRow(
            id=new_id(),
            outbox_id=event.id,
            endpoint_id=endpoint_id,
            state="pending",
            tries=0,
            next_try_at=now,
            created_at=now,
        )
        for endpoint_id in endpoints
    ]
    session.add_all(rows)
    event.dispatched_at = now
    return [row.id for row in rows]
