"""The courses that somebody teaches, and how the assignments of one stand."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.store.models import AssignmentRow, CourseRow, SubmissionRow
from grader.store.queries import access, people
from grader.store.queries.current import state_column, with_current
from grader.store.queries.people import CourseRole


@dataclass(frozen=True, slots=True)
class AssignmentSummary:
    """How an assignment stands: submissions in all, and those that wait, by for what."""

    id: str
    key: str
    title: str
    submissions: int
    students: int
    waiting: int
    needs_review: int
    failed: int


def courses(session: Session, person_id: str) -> tuple[CourseRole, ...]:
    """The courses the person grades; every course for an administrator."""
    mine = people.courses(session, person_id)
    if not access.is_admin(session, person_id):
        return tuple(one for one in mine if one.role in access.GRADERS)
    query = select(CourseRow.id, CourseRow.key, CourseRow.title).order_by(CourseRow.title)
    return tuple(CourseRole(*row, role="instructor") for row in session.execute(query))


def assignments(session: Session, course_id: str) -> tuple[AssignmentSummary, ...]:
    """The course's assignments by title, with counts."""
    rows = session.scalars(
        select(AssignmentRow)
        .where(AssignmentRow.course_id == course_id)
        .order_by(AssignmentRow.title, AssignmentRow.id)
    ).all()
    students, states = _students(session, course_id), _states(session, course_id)
    return tuple(_summary(row, students.get(row.id, 0), states[row.id]) for row in rows)


def _students(session: Session, course_id: str) -> dict[str, int]:
    query = (
        select(SubmissionRow.assignment_id, func.count(SubmissionRow.person_id.distinct()))
        .join(AssignmentRow, AssignmentRow.id == SubmissionRow.assignment_id)
        .where(AssignmentRow.course_id == course_id)
        .group_by(SubmissionRow.assignment_id)
    )
    return dict(session.execute(query).all())


def _states(session: Session, course_id: str) -> dict[str, dict[str, int]]:
    """How many submissions are in each state, by assignment."""
    each = (
        with_current(select(SubmissionRow.assignment_id, state_column().label("state")))
        .join(AssignmentRow, AssignmentRow.id == SubmissionRow.assignment_id)
        .where(AssignmentRow.course_id == course_id)
        .subquery()
    )
    named = (each.c.assignment_id, each.c.state)
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for assignment_id, state, count in session.execute(
        select(*named, func.count()).group_by(*named)
    ):
        counts[assignment_id][state] = count
    return counts


def _summary(row: AssignmentRow, students: int, states: dict[str, int]) -> AssignmentSummary:
    return AssignmentSummary(
        id=row.id,
        key=row.key,
        title=row.title,
        submissions=sum(states.values()),
        students=students,
        waiting=states.get("queued", 0) + states.get("running", 0),
        needs_review=states.get("needs_review", 0),
        failed=states.get("failed", 0),
    )
