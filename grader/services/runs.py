"""What students' code produced, kept as artefacts, so that a regrade need not run it again."""

from collections.abc import Iterable, Mapping

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.services import revisions
from grader.store.base import new_id
from grader.store.models import RunRow

Known = dict[str, str]
"""The SHA-256 of the kept bytes, by the key of the job that led to them."""


def keep(ctx: Context, submission_id: str, runs: Mapping[str, bytes]) -> None:
    """Keep what a submission's jobs produced, by key; the first that was kept under a key stays."""
    if not runs:
        return
    # Bytes first, rows after: a file that no row names does no harm.
    sha256 = {key: ctx.artefacts.put(data) for key, data in runs.items()}
    with ctx.store.begin() as session:
        if revisions.locked(session, submission_id) is None:
            return
        known = of_many(session, [submission_id]).get(submission_id, {})
        rows = [
            {
                "id": new_id(),
                "submission_id": submission_id,
                "key": key,
                "sha256": sha256[key],
                "size": len(data),
                "created_at": ctx.clock(),
            }
            for key, data in runs.items()
            if key not in known
        ]
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
