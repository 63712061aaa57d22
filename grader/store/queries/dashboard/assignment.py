"""One assignment: what it is, and what its students were told."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.store.models import (
    AssignmentRow,
    CheckRow,
    DiagnosisRow,
    GradeRow,
    QuestionMarkRow,
    SubmissionRow,
)
from grader.store.queries.current import is_current_grade


@dataclass(frozen=True, slots=True)
class DiagnosisCount:
    """An explanation, and how many students' newest grades carry it."""

    question_id: str
    kind: str
    place: str
    text: str
    students: int


def assignment_course(session: Session, assignment_id: str) -> str | None:
    """The course an assignment belongs to."""
    return session.scalar(select(AssignmentRow.course_id).where(AssignmentRow.id == assignment_id))


def assignment_key(session: Session, assignment_id: str) -> str:
    """The assignment's `course/name`. Raises sqlalchemy's NoResultFound."""
    return session.scalars(select(AssignmentRow.key).where(AssignmentRow.id == assignment_id)).one()


def published(session: Session, assignment_id: str) -> str:
    """The version that the assignment has now. Raises sqlalchemy's NoResultFound."""
    query = select(AssignmentRow.digest).where(AssignmentRow.id == assignment_id)
    return session.scalars(query).one()


def diagnoses(session: Session, assignment_id: str) -> tuple[DiagnosisCount, ...]:
    """How many students each explanation was given to, the commonest first."""
    students = func.count(SubmissionRow.person_id.distinct())
    named = (QuestionMarkRow.question_id, DiagnosisRow.kind, DiagnosisRow.place)
    query = (
        select(*named, func.min(DiagnosisRow.text), students)
        .select_from(SubmissionRow)
        .join(GradeRow, is_current_grade())
        .join(QuestionMarkRow, QuestionMarkRow.grade_id == GradeRow.id)
        .join(CheckRow, CheckRow.question_mark_id == QuestionMarkRow.id)
        .join(DiagnosisRow, DiagnosisRow.check_row_id == CheckRow.id)
        .where(SubmissionRow.assignment_id == assignment_id)
        .group_by(*named)
        .order_by(students.desc(), *named)
    )
    return tuple(DiagnosisCount(*row) for row in session.execute(query))
