"""A sign of life for gradings that take long, so that the sweep does not send them again."""

from collections.abc import Collection

from sqlalchemy import update

from grader.bootstrap import Context
from grader.store.models import GradingRow


def touch(ctx: Context, grading_ids: Collection[str]) -> None:
    """Say that a worker is still at these gradings; those that have ended are left alone."""
    if not grading_ids:
        return
    with ctx.store.begin() as session:
        session.execute(
            update(GradingRow)
            .where(GradingRow.id.in_(grading_ids), GradingRow.state == "running")
            .values(touched_at=ctx.clock())
        )
