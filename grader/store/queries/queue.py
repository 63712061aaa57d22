"""Where a submission stands in the queue."""

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from grader.store.models import GradingRow


def length(session: Session) -> int:
    """How many gradings wait."""
    query = select(func.count()).where(GradingRow.state == "queued")
    return session.scalar(query) or 0


def position(session: Session, submission_id: str) -> int | None:
    """The submission's place among those that wait (1: next); None if it does not wait."""
    mine = session.execute(
        select(GradingRow.queued_at, GradingRow.id)
        .where(GradingRow.submission_id == submission_id, GradingRow.state == "queued")
        .order_by(GradingRow.id.desc())
        .limit(1)
    ).first()
    if mine is None:
        return None
    queued_at, identity = mine
    earlier = or_(
        GradingRow.queued_at < queued_at,
        and_(GradingRow.queued_at == queued_at, GradingRow.id <= identity),
    )
    return session.scalar(select(func.count()).where(GradingRow.state == "queued", earlier))
