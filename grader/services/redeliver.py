"""Sending news again that its receiver did not take in all its tries."""

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.errors import Conflict, Fault, NotFound
from grader.services.after_commit import quietly
from grader.services.audit import note
from grader.services.permission import require_manager
from grader.store.models import DeliveryAttemptRow, DeliveryRow, WebhookEndpointRow


def again(ctx: Context, actor_id: str | None, delivery_id: str) -> None:
    """Try a delivery that was given up from the beginning: the same message, by the same table.

    Raises NotFound, NotEnrolled, Conflict (it was not given up, or its endpoint is off).
    """
    with ctx.store.begin() as session:
        row = session.get(DeliveryRow, delivery_id, with_for_update={"key_share": True})
        if row is None:
            raise NotFound("There is no such delivery.")
        endpoint = session.get_one(WebhookEndpointRow, row.endpoint_id)
        require_manager(session, actor_id, endpoint.course_id)
        _require_given_up(row, endpoint)
        tries = row.tries
        row.state, row.tries, row.next_try_at = "pending", 0, ctx.clock()
        _move_log_back(session, delivery_id)
        note(
            ctx,
            session,
            "delivery.resent",
            delivery_id,
            actor_id=actor_id,
            course_id=endpoint.course_id,
            url=endpoint.url,
            tries=tries,
        )
    quietly(ctx.queue.enqueue_dispatch)


def _require_given_up(row: DeliveryRow, endpoint: WebhookEndpointRow) -> None:
    if row.state != "failed":
        raise Conflict("This delivery was not given up: it arrived, or is about to be tried.")
    if not endpoint.active:
        fault = Fault("endpoint", endpoint.disabled_reason, "Add the endpoint again first.")
        raise Conflict("The endpoint of this delivery is off.", fault)


def _move_log_back(session: Session, delivery_id: str) -> None:
    """Tries are numbered from 1: those of the newest round go below all that went there before.

    So no number meets another while they move, which PostgreSQL would refuse.
    """
    mine = DeliveryAttemptRow.delivery_id == delivery_id
    bounds = select(func.min(DeliveryAttemptRow.number), func.max(DeliveryAttemptRow.number))
    lowest, highest = session.execute(bounds.where(mine)).one()
    if highest is None or highest < 1:
        return
    newest = update(DeliveryAttemptRow).where(mine, DeliveryAttemptRow.number > 0)
    below = DeliveryAttemptRow.number - (highest - lowest + 1)
    session.execute(newest.values(number=below))
