"""Ending a regrade: its totals, and its line in the audit log; and which were never ended."""

from typing import Any

from sqlalchemy import select

from grader.bootstrap import Context
from grader.services.after_commit import quietly
from grader.services.audit import note
from grader.services.regrades.target import Target
from grader.store.models import RegradeRow


def unfinished(ctx: Context, target: Target) -> list[tuple[str, bool]]:
    """Regrades of this assignment that were interrupted or still run, oldest first.

    Ids, and whether it was by the target's version: only then a new regrade goes on with it.
    """
    query = select(RegradeRow.id, RegradeRow.digest).where(
        RegradeRow.assignment_id == target.assignment_id, RegradeRow.state == "running"
    )
    with ctx.store.read() as session:
        found = session.execute(query.order_by(RegradeRow.id)).all()
    return [(name, digest == target.digest) for name, digest in found]


def finish(
    ctx: Context, actor_id: str | None, target: Target, totals: dict[str, Any]
) -> str | None:
    """Mark the regrade as applied and return its id; None if it changed nothing at all."""
    with ctx.store.begin() as session:
        query = select(RegradeRow).where(
            RegradeRow.assignment_id == target.assignment_id,
            RegradeRow.digest == target.digest,
            RegradeRow.state == "running",
        )
        row = session.scalar(query.order_by(RegradeRow.id).limit(1).with_for_update(key_share=True))
        if row is None:
            return None
        row.state, row.totals, row.finished_at = "applied", totals, ctx.clock()
        note(
            ctx,
            session,
            "regrade.applied",
            row.id,
            actor_id=actor_id,
            course_id=target.course_id,
            assignment=target.key,
            digest=target.digest,
            **totals,
        )
    quietly(ctx.queue.enqueue_dispatch)
    return row.id
