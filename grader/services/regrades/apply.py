"""Settling judged submissions: compared with what stands, and appended where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain import changes
from grader.domain.errors import Conflict
from grader.domain.totals import final_grade
from grader.services import revisions, standing
from grader.services.audit import note
from grader.services.grading import OPEN
from grader.services.regrades.target import Target
from grader.services.revision_rows import Origin, Rows, add_revision
from grader.services.standing import Standing
from grader.store.base import clean_json
from grader.store.models import (
    AssignmentRow,
    GradingRow,
    RegradedRow,
    RegradeRow,
)
from rubrics.grade import Grade

COMPARED = {"questions", "score", "max_score", "outcome", "provisional", "late_penalty"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A machine's grade of one submission, before people's decisions and the late penalty."""

    submission_id: str
    grade: Grade
    phases: dict[str, float]


@dataclass(frozen=True, slots=True)
class Settled:
    """One submission after comparison with what stands.

    `verdict` is "same", "changed", "kept" (what stands is kept, since judging failed by our
    fault) or "waiting" (it is being graded; regrade when that is done). `old` is set only where
    something differs.
    """

    submission_id: str
    student: str
    attempt: int
    verdict: str
    old: Grade | None
    new: Grade


def settle(ctx: Context, judged: Sequence[Judged]) -> list[Settled]:
    """What would change; nothing is written."""
    with ctx.store.read() as session:
        now = standing.read(session, [one.submission_id for one in judged])
    return [_settled(now[one.submission_id], one) for one in judged if one.submission_id in now]


def apply(
    ctx: Context, actor_id: str | None, target: Target, judged: Sequence[Judged]
) -> list[Settled]:
    """Append what changes, in one transaction; doing it again appends nothing.

    The first change of a regrade makes its row; one that was interrupted is gone on with. Raises
    Conflict if another version has been published meanwhile.
    """
    with ctx.store.begin() as session:
        _ensure_version(session, target)
        ids = [one.submission_id for one in judged]
        revisions.lock_all(session, ids)
        now = standing.read(session, ids)
        settled = [(now[one.submission_id], one) for one in judged if one.submission_id in now]
        found = [_settled(before, one) for before, one in settled]
        rows = Rows()
        for (before, one), result in zip(settled, found, strict=True):
            if result.verdict == "changed" or (
                result.verdict == "same" and before.digest != target.digest
            ):
                _add(rows, target, before, one, result, Who(actor_id, ctx.clock()))
        if rows.tables:
            _insert(session, rows, _running(ctx, session, actor_id, target))
    return found


@dataclass(frozen=True, slots=True)
class Who:
    """Who acts, and when."""

    actor_id: str | None
    now: datetime


def _ensure_version(session: Session, target: Target) -> None:
    """Holds the assignment to the end of the transaction.

    Two lots are settled side by side: without the lock each could begin a regrade of its own.
    """
    query = select(AssignmentRow.digest).where(AssignmentRow.id == target.assignment_id)
    if session.scalar(query.with_for_update(key_share=True)) != target.digest:
        raise Conflict("Another version was published during the regrade. Start it again.")


def _settled(before: Standing, one: Judged) -> Settled:
    new = final_grade(one.grade, before.decisions, before.penalty)
    old = None
    verdict: str = "same"
    if not _equal(before.data, new):
        # As the database gives it back, so that what it cannot hold is no difference.
        new = Grade.model_validate(clean_json(new.model_dump(mode="json")))
        old = None if before.data is None else Grade.model_validate(before.data)
        verdict = changes.compare(old, new)
    if before.grading_state in OPEN:
        verdict = "waiting"
    return Settled(before.submission_id, before.student, before.attempt, verdict, old, new)


def _equal(stored: dict[str, Any] | None, new: Grade) -> bool:
    """Whether they are equal at a glance, which most are; what is not is looked at in full."""
    if stored is None:
        return False
    dumped = new.model_dump(mode="json", include=COMPARED)
    return all(stored.get(name) == value for name, value in dumped.items())


def _add(  # noqa: PLR0917 - the parts of one act
    rows: Rows, target: Target, before: Standing, one: Judged, result: Settled, who: Who
) -> None:
    """A grading by this version, and the revision it led to if the grade is another."""
    said = "Regraded with the whole assignment."
    grading_id = add_grading(rows, before, target.digest, who, said, one.phases)
    grade_id = None
    if result.verdict == "changed":
        origin = Origin("machine", who.now, grading_id=grading_id)
        grade_id = add_revision(rows, before, result.new, origin)
    rows.add(
        RegradedRow,
        submission_id=before.submission_id,
        before_digest=before.digest,
        before_grade_id=before.grade_id,
        grading_id=grading_id,
        grade_id=grade_id,
        reverted_at=None,
    )


def add_grading(  # noqa: PLR0917 - the parts of one row
    rows: Rows, before: Standing, digest: str, who: Who, said: str, phases: dict[str, float]
) -> str:
    """A grading that has been done already; returns its id. `said` is for staff."""
    return rows.add(
        GradingRow,
        submission_id=before.submission_id,
        digest=digest,
        state="graded",
        tries=1,
        reason=said,
        requested_by=who.actor_id,
        queued_at=who.now,
        touched_at=who.now,
        started_at=who.now,
        finished_at=who.now,
        phases=phases,
    )


def _running(ctx: Context, session: Session, actor_id: str | None, target: Target) -> str:
    """The regrade that these changes belong to: one that was interrupted, or a new one."""
    query = select(RegradeRow.id).where(
        RegradeRow.assignment_id == target.assignment_id,
        RegradeRow.digest == target.digest,
        RegradeRow.state == "running",
    )
    found = session.scalar(query.order_by(RegradeRow.id).limit(1))
    if found is not None:
        return found
    row = RegradeRow(
        assignment_id=target.assignment_id,
        digest=target.digest,
        actor_id=actor_id,
        state="running",
        created_at=ctx.clock(),
    )
    session.add(row)
    session.flush()
    # Now, not at its end: what an interrupted one wrote can only be taken back by this id.
    note(
        ctx,
        session,
        "regrade.started",
        row.id,
        actor_id=actor_id,
        course_id=target.course_id,
        assignment=target.key,
        digest=target.digest,
    )
    return row.id


def _insert(session: Session, rows: Rows, regrade_id: str) -> None:
    """Insert the gathered rows. A submission that this regrade touched before keeps its origin."""
    touched: list[dict[str, Any]] = rows.tables[RegradedRow]
    for row in touched:
        row["regrade_id"] = regrade_id
    ids = [row["submission_id"] for row in touched]
    again = {
        row.submission_id: row
        for row in session.scalars(
            select(RegradedRow).where(
                RegradedRow.regrade_id == regrade_id, RegradedRow.submission_id.in_(ids)
            )
        )
    }
    rows.tables[RegradedRow] = [row for row in touched if row["submission_id"] not in again]
    rows.insert(session)
    for row in touched:
        if (known := again.get(row["submission_id"])) is not None:
            known.grading_id = row["grading_id"]
            known.grade_id = row["grade_id"] or known.grade_id
