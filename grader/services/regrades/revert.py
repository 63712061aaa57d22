"""Taking a regrade back: what stood before it is appended again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.errors import Conflict, NotFound
from grader.domain.totals import final_grade
from grader.services import revisions, standing
from grader.services.after_commit import quietly
from grader.services.audit import note
from grader.services.permission import require_manager
from grader.services.regrades.apply import Who, add_grading
from grader.services.revision_rows import Origin, Rows, add_revision
from grader.services.standing import Standing
from grader.store.models import AssignmentRow, GradeRow, RegradedRow, RegradeRow
from rubrics.grade import Grade

BATCH = 200


@dataclass(frozen=True, slots=True)
class Reverted:
    """How many grades were restored, and how many were left since they were graded again later.

    `without` had no grade before the regrade; theirs stays.
    """

    restored: int = 0
    left: int = 0
    without: int = 0

    def __add__(self, other: "Reverted") -> "Reverted":
        """Both together."""
        return Reverted(
            self.restored + other.restored, self.left + other.left, self.without + other.without
        )


def begin(ctx: Context, actor_id: str | None, regrade_id: str) -> list[list[str]]:
    """Lots of that regrade's submissions that are still to be restored.

    Raises NotFound, NotEnrolled, and Conflict if it has been reverted.
    """
    with ctx.store.begin() as session:
        row = _locked(session, actor_id, regrade_id)
        if row.state == "reverted":
            raise Conflict("This regrade has been reverted already.")
        row.state = "reverting"
        ids = session.scalars(
            select(RegradedRow.submission_id)
            .where(RegradedRow.regrade_id == regrade_id, RegradedRow.reverted_at.is_(None))
            .order_by(RegradedRow.submission_id)
        ).all()
    return [list(ids[at : at + BATCH]) for at in range(0, len(ids), BATCH)]


def restore(
    ctx: Context, actor_id: str | None, regrade_id: str, submission_ids: Sequence[str]
) -> Reverted:
    """Restore some of its submissions, in one transaction; doing it again restores nothing.

    People's decisions stand, those made since the regrade too. A submission that was graded again
    since, by whatever, is left as it is.
    """
    with ctx.store.begin() as session:
        revisions.lock_all(session, submission_ids)
        items = _items(session, regrade_id, submission_ids)
        now = standing.read(session, [one.submission_id for one in items])
        before = _grades(session, [one.before_grade_id for one in items if one.grade_id])
        rows, done = Rows(), Reverted()
        for item in items:
            who = Who(actor_id, ctx.clock())
            done += _restore(rows, now[item.submission_id], item, before, who)
            item.reverted_at = who.now
        rows.insert(session)
    return done


def end(ctx: Context, actor_id: str | None, regrade_id: str, done: Reverted) -> None:
    """Mark it as reverted, in the audit log too."""
    with ctx.store.begin() as session:
        row = _locked(session, actor_id, regrade_id)
        row.state, row.reverted_at = "reverted", ctx.clock()
        note(
            ctx,
            session,
            "regrade.reverted",
            row.id,
            actor_id=actor_id,
            course_id=session.get_one(AssignmentRow, row.assignment_id).course_id,
            restored=done.restored,
            left=done.left,
            without=done.without,
        )
    quietly(ctx.queue.enqueue_dispatch)


def _locked(session: Session, actor_id: str | None, regrade_id: str) -> RegradeRow:
    query = select(RegradeRow).where(RegradeRow.id == regrade_id)
    row = session.scalar(query.with_for_update(key_share=True))
    if row is None:
        raise NotFound("There is no such regrade. The audit log of the course names them.")
    course_id = session.get_one(AssignmentRow, row.assignment_id).course_id
    require_manager(session, actor_id, course_id)
    return row


def _items(session: Session, regrade_id: str, ids: Iterable[str]) -> Sequence[RegradedRow]:
    query = select(RegradedRow).where(
        RegradedRow.regrade_id == regrade_id,
        RegradedRow.submission_id.in_(list(ids)),
        RegradedRow.reverted_at.is_(None),
    )
    return session.scalars(query.order_by(RegradedRow.submission_id)).all()


def _grades(session: Session, ids: Iterable[str | None]) -> dict[str, Grade]:
    query = select(GradeRow.id, GradeRow.data).where(GradeRow.id.in_([one for one in ids if one]))
    return {name: Grade.model_validate(data) for name, data in session.execute(query)}


def _restore(
    rows: Rows, now: Standing, item: RegradedRow, before: dict[str, Grade], who: Who
) -> Reverted:
    if now.grading_id != item.grading_id:
        return Reverted(left=1)
    if item.grade_id is not None and item.before_grade_id is None:
        return Reverted(without=1)
    # The version goes back too: by it people mark, and later regrades compare.
    grading_id = add_grading(rows, now, item.before_digest, who, "A regrade was taken back.", {})
    if item.grade_id is None or item.before_grade_id is None:
        return Reverted()
    final = final_grade(before[item.before_grade_id], now.decisions, now.penalty)
    add_revision(rows, now, final, Origin("machine", who.now, grading_id=grading_id))
    return Reverted(restored=1)
