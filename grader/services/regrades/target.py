"""Which assignment is regraded, by which version of it, and which of its submissions."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.errors import AssignmentUnknown, Conflict, Fault
from grader.services.permission import require_manager
from grader.store.models import (
    AnswerFileRow,
    AnswerRow,
    AssignmentRow,
    CourseRow,
    RunRow,
    SubmissionRow,
)

SUBMISSIONS = 250
BYTES = 32 * 1024 * 1024
"""A batch holds no more than so many submissions, nor much more than so many bytes of theirs."""


@dataclass(frozen=True, slots=True)
class Target:
    """An assignment of a course, and the version that its submissions are to be graded by."""

    assignment_id: str
    course_id: str
    course: str
    key: str
    digest: str


def find(ctx: Context, actor_id: str | None, key: str, course: str | None = None) -> Target:
    """The assignment of that key; the course's key is needed only where several have it.

    Raises AssignmentUnknown, NotEnrolled, and Conflict where several courses have it.
    """
    with ctx.store.read() as session:
        query = (
            select(AssignmentRow, CourseRow.key)
            .join(CourseRow, CourseRow.id == AssignmentRow.course_id)
            .where(AssignmentRow.key == key)
            .order_by(CourseRow.key)
        )
        rows = session.execute(query).all()
        found = [row for row in rows if course in (None, row[1])]
        _ensure_one(key, course, [row[1] for row in rows], len(found))
        assignment, course_key = found[0]
        require_manager(session, actor_id, assignment.course_id)
        return Target(
            assignment.id, assignment.course_id, course_key, assignment.key, assignment.digest
        )


def _ensure_one(key: str, course: str | None, courses: list[str], found: int) -> None:
    listed = ", ".join(courses) or "no course"
    if found == 0:
        where = "" if course is None else f" in the course {course[:100]!r}"
        fault = Fault("assignment", f"It is published in {listed}.", "Publish it first.")
        raise AssignmentUnknown(f"There is no assignment {key[:200]!r}{where}.", fault)
    if found > 1:
        fault = Fault("course", f"They are: {listed}.", "Name one of them.")
        raise Conflict(f"Several courses have the assignment {key!r}.", fault)


def batches(ctx: Context, target: Target) -> list[list[str]]:
    """The submissions there are now, oldest first, in lots that fit into memory."""
    with ctx.store.read() as session:
        ids = session.scalars(
            select(SubmissionRow.id)
            .where(SubmissionRow.assignment_id == target.assignment_id)
            .order_by(SubmissionRow.id)
        ).all()
        sizes = _sizes(session, target.assignment_id)
    lots: list[list[str]] = []
    room = 0
    for one in ids:
        size = sizes.get(one, 0)
        if not lots or len(lots[-1]) >= SUBMISSIONS or size > room:
            lots.append([])
            room = BYTES
        lots[-1].append(one)
        room -= size
    return lots


def _sizes(session: Session, assignment_id: str) -> dict[str, int]:
    """The bytes of each submission's files and kept runs together."""
    of_files = (
        select(SubmissionRow.id, func.sum(AnswerFileRow.size))
        .join(AnswerRow, AnswerRow.submission_id == SubmissionRow.id)
        .join(AnswerFileRow, AnswerFileRow.answer_id == AnswerRow.id)
    )
    of_runs = select(SubmissionRow.id, func.sum(RunRow.size)).join(
        RunRow, RunRow.submission_id == SubmissionRow.id
    )
    sizes: dict[str, int] = {}
    for query in (of_files, of_runs):
        mine = query.where(SubmissionRow.assignment_id == assignment_id)
        for submission, size in session.execute(mine.group_by(SubmissionRow.id)):
            sizes[submission] = sizes.get(submission, 0) + int(size)
    return sizes
