"""Appending a revision to a submission's grade: rows, outbox and late penalty in one place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.domain.policy import late_penalty
from grader.domain.totals import Decisions, final_grade
from grader.services import standing
from grader.services.revision_rows import Origin, Rows, add_revision
from grader.store.models import GradeRow, SubmissionRow
from grader.store.queries.assignments import rules
from rubrics.grade import Grade


@dataclass(frozen=True, slots=True)
class Author:
    """Who speaks in a revision: a grading of the machine, or a person."""

    source: Literal["machine", "person"]
    grading_id: str | None = None
    person_id: str | None = None


def locked(session: Session, submission_id: str) -> SubmissionRow | None:
    """The submission, locked until the transaction ends, so that revisions come one by one."""
    query = select(SubmissionRow).where(SubmissionRow.id == submission_id)
    return session.scalar(query.with_for_update(key_share=True))


def lock_all(session: Session, submission_ids: Iterable[str]) -> list[str]:
    """Lock many, in the order of their ids so that two callers never wait for each other.

    Returns the ids of those there are.
    """
    query = select(SubmissionRow.id).where(SubmissionRow.id.in_(list(submission_ids)))
    locking = query.order_by(SubmissionRow.id).with_for_update(key_share=True)
    return list(session.scalars(locking))


def current(session: Session, submission_id: str) -> GradeRow | None:
    """The revision that counts."""
    query = select(GradeRow).where(GradeRow.submission_id == submission_id)
    return session.scalar(query.order_by(GradeRow.revision.desc()).limit(1))


def recorded(session: Session, grading_id: str) -> bool:
    """Whether a grading has led to a revision already."""
    query = select(GradeRow.id).where(GradeRow.grading_id == grading_id)
    return session.scalar(query) is not None


def append(
    session: Session,
    submission: SubmissionRow,
    grade: Grade,
    author: Author,
    *,
    now: datetime,
    decision: Decisions | None = None,
) -> GradeRow:
    """Append a revision made of `grade`, people's decisions and the late penalty.

    `decision` is one that is being made now. The submission must be `locked`.
    """
    before = standing.read(session, [submission.id])[submission.id]
    decided = before.decisions | dict(decision or {})
    final = final_grade(grade, decided, before.penalty)
    rows = Rows()
    origin = Origin(author.source, now, author.grading_id, author.person_id)
    grade_id = add_revision(rows, before, final, origin)
    rows.insert(session)
    return session.get_one(GradeRow, grade_id)


def penalty_of(session: Session, submission: SubmissionRow) -> float:
    """The late penalty that holds for the submission now, extension included."""
    found = rules(session, submission.assignment_id, submission.person_id)
    return 0.0 if found is None else late_penalty(found.policy, submission.submitted_at)
