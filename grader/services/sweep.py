"""Finding what was lost on the way to a worker, and sending it again."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from grader.bootstrap import Context
from grader.services import grading
from grader.services.after_commit import quietly
from grader.store.models import GradingRow, InboundEventRow, LmsSourceRow, WebhookEndpointRow

BATCH = 500


def sweep(ctx: Context, older_than: timedelta) -> int:
    """Enqueue again what nothing has happened to for `older_than`; returns how many rows.

    A grading that was begun `grading.MAX_TRIES` times is failed instead. Signing keys whose time
    has run out are dropped on the way.
    """
    before = ctx.clock() - older_than
    with ctx.store.begin() as session:
        again, spent = _lost_gradings(ctx, session, before)
        inbound = _lost_inbound(ctx, session, before)
        _drop_old_keys(ctx, session)
    for grading_id in again:
        quietly(ctx.queue.enqueue_grading, grading_id)
    for grading_id in spent:
        grading.fail(ctx, grading_id, "Grading was begun too often without coming to an end.")
    for inbound_id in inbound:
        quietly(ctx.queue.enqueue_inbound, inbound_id)
    return len(again) + len(spent) + len(inbound)


def _lost_gradings(ctx: Context, session: Session, before: datetime) -> tuple[list[str], list[str]]:
    rows = session.scalars(
        select(GradingRow)
        .where(
            or_(
                (GradingRow.state == "running") & (GradingRow.touched_at < before),
                (GradingRow.state == "queued")
                & (GradingRow.touched_at < _overdue(session, before)),
            )
        )
        .order_by(GradingRow.touched_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True, key_share=True)
    ).all()
    for row in rows:
        row.touched_at = ctx.clock()
    again = [row.id for row in rows if row.tries < grading.MAX_TRIES]
    return again, [row.id for row in rows if row.tries >= grading.MAX_TRIES]


def _overdue(session: Session, before: datetime) -> datetime:
    """Gradings touched before this and still queued are taken for lost.

    A long queue is not a loss: while workers take gradings on, only those that a later one has
    overtaken are sent again. With idle workers, all that are old enough are.
    """
    last_touched = _newest(session, GradingRow.touched_at)
    if last_touched is None or last_touched < before:
        return before
    overtaken = _newest(session, GradingRow.queued_at)
    return before if overtaken is None else min(before, overtaken)


def _newest(session: Session, moment: InstrumentedAttribute[datetime]) -> datetime | None:
    """The latest such moment among gradings that a worker has taken on."""
    # State by state, since an index then has the answer at its end.
    states = ("running", "graded", "failed")
    found = [session.scalar(select(func.max(moment)).where(GradingRow.state == s)) for s in states]
    return max((one for one in found if one is not None), default=None)


def _lost_inbound(ctx: Context, session: Session, before: datetime) -> list[str]:
    rows = session.scalars(
        select(InboundEventRow)
        .where(InboundEventRow.state == "received", InboundEventRow.touched_at < before)
        .order_by(InboundEventRow.received_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True, key_share=True)
    ).all()
    for row in rows:
        row.touched_at = ctx.clock()
    return [row.id for row in rows]


def _drop_old_keys(ctx: Context, session: Session) -> None:
    for table in (LmsSourceRow, WebhookEndpointRow):
        session.execute(
            update(table)
            .where(table.old_secret_until < ctx.clock())
            .values(old_secret=None, old_secret_until=None)
        )
