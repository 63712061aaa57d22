"""What students' code produced, kept as artefacts, so that a regrade need not run it again."""

from collections.abc import Iterable, Mapping

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.services import revisions
from grader.store.base import new_id
from grader.store.models import RunRow

Known = dict[str, str]
"""The SHA-256 of the kept bytes, by the key of the job that led to them."""


def keep(ctx: Context, fresh: Mapping[str, Mapping[str, bytes]]) -> None:
    """Keep what jobs produced, by submission and key; the newest run under a key replaces others.

    What is no submission's any more is left out.
    """
    # Bytes first, rows after: a file that no row names does no harm.
    put = {
        (submission_id, key): {"sha256": ctx.artefacts.put(data), "size": len(data)}
        for submission_id, runs in fresh.items()
        for key, data in runs.items()
    }
    if not put:
        return
    with ctx.store.begin() as session:
        there = revisions.lock_all(session, fresh)
        kept = of_many(session, there)
        rows = []
        for (submission_id, key), made in put.items():
            values = {**made, "created_at": ctx.clock()}
            if key in kept.get(submission_id, {}):
                mine = (RunRow.submission_id == submission_id) & (RunRow.key == key)
                session.execute(update(RunRow).where(mine).values(**values))
            elif submission_id in there:
                named = {"id": new_id(), "submission_id": submission_id, "key": key}
                rows.append({**named, **values})
        if rows:
            session.execute(insert(RunRow), rows)


def known(ctx: Context, submission_id: str) -> Known:
    """What is kept of a submission."""
    with ctx.store.read() as session:
        return of_many(session, [submission_id]).get(submission_id, {})


def of_many(session: Session, submission_ids: Iterable[str]) -> dict[str, Known]:
    """What is kept of each of those submissions."""
    query = select(RunRow.submission_id, RunRow.key, RunRow.sha256)
    found: dict[str, Known] = {}
    for submission, key, sha256 in session.execute(
        query.where(RunRow.submission_id.in_(list(submission_ids)))
    ):
        found.setdefault(submission, {})[key] = sha256
    return found
