"""Appending a revision to a submission's grade: rows, outbox and late penalty in one place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.domain.attempts import costs_attempt
from grader.domain.events import GRADE_RECORDED
from grader.domain.policy import late_penalty
from grader.domain.totals import Decisions, final_grade
from grader.store.models import (
    AnswerRow,
    AssignmentRow,
    CheckRow,
    CourseRow,
    DiagnosisRow,
    GradeRow,
    LmsIdentityRow,
    LmsSourceRow,
    OutboxRow,
    PersonMarkRow,
    PersonRow,
    QuestionMarkRow,
    SubmissionRow,
)
from grader.store.queries.assignments import rules
from rubrics.grade import CheckGrade, Grade, QuestionGrade


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
    decided = decisions(session, submission.id) | dict(decision or {})
    final = final_grade(grade, decided, penalty_of(session, submission))
    row = GradeRow(
        submission_id=submission.id,
        revision=_next_revision(session, submission.id),
        grading_id=author.grading_id,
        source=author.source,
        person_id=author.person_id,
        score=final.score,
        max_score=final.max_score,
        outcome=final.outcome,
        provisional=final.provisional,
        late_penalty=final.late_penalty,
        costs_attempt=_costs(session, submission.id, final),
        data=final.model_dump(mode="json"),
        created_at=now,
    )
    session.add(row)
    session.flush()
    for question in final.questions:
        _add_question(session, row.id, question)
    session.add(_news(session, submission, row, now))
    return row


def decisions(session: Session, submission_id: str) -> dict[str, CheckGrade]:
    """What people decided on the submission, the newest of each question."""
    rows = session.scalars(
        select(PersonMarkRow)
        .where(PersonMarkRow.submission_id == submission_id)
        .order_by(PersonMarkRow.id)
    )
    return {row.question_id: CheckGrade.model_validate(row.decision) for row in rows}


def penalty_of(session: Session, submission: SubmissionRow) -> float:
    """The late penalty that holds for the submission now, extension included."""
    found = rules(session, submission.assignment_id, submission.person_id)
    return 0.0 if found is None else late_penalty(found.policy, submission.submitted_at)


def _next_revision(session: Session, submission_id: str) -> int:
    query = select(func.max(GradeRow.revision)).where(GradeRow.submission_id == submission_id)
    return (session.scalar(query) or 0) + 1


def _costs(session: Session, submission_id: str, grade: Grade) -> bool:
    answered = set(
        session.scalars(
            select(AnswerRow.question_id).where(AnswerRow.submission_id == submission_id)
        )
    )
    return costs_attempt(one.outcome for one in grade.questions if one.id in answered)


def _add_question(session: Session, grade_id: str, question: QuestionGrade) -> None:
    row = QuestionMarkRow(
        grade_id=grade_id,
        question_id=question.id,
        score=question.score,
        max_score=question.max_score,
        outcome=question.outcome,
    )
    session.add(row)
    session.flush()
    for position, check in enumerate(question.checks):
        _add_check(session, row.id, position, check)


def _add_check(session: Session, mark_id: str, position: int, check: CheckGrade) -> None:
    row = CheckRow(
        question_mark_id=mark_id,
        position=position,
        check_id=check.id,
        title=check.title,
        outcome=check.outcome,
        evidence=check.evidence,
        score=check.score,
        max_score=check.max_score,
    )
    session.add(row)
    session.flush()
    for place, one in enumerate(check.diagnoses):
        session.add(
            DiagnosisRow(
                check_row_id=row.id,
                position=place,
                kind=one.kind[:100],
                place=one.where[:255],
                text=one.text,
            )
        )


def _news(session: Session, submission: SubmissionRow, row: GradeRow, now: datetime) -> OutboxRow:
    assignment = session.get_one(AssignmentRow, submission.assignment_id)
    course = session.get_one(CourseRow, assignment.course_id)
    person = session.get_one(PersonRow, submission.person_id)
    payload = {
        "submission_id": submission.id,
        "course": course.key,
        "assignment_id": assignment.id,
        "revision": row.revision,
        "source": row.source,
        "submitted_at": submission.submitted_at.isoformat(),
        "student": {"id": person.id, "username": person.username},
        "lms": _lms_names(session, person.id, course.id),
        "grade": row.data,
    }
    return OutboxRow(
        event=GRADE_RECORDED,
        course_id=course.id,
        payload=payload,
        created_at=now,
        dispatched_at=None,
    )


def _lms_names(session: Session, person_id: str, course_id: str) -> dict[str, str]:
    query = (
        select(LmsSourceRow.name, LmsIdentityRow.external_id)
        .join(LmsIdentityRow, LmsIdentityRow.source_id == LmsSourceRow.id)
        .where(LmsIdentityRow.person_id == person_id, LmsSourceRow.course_id == course_id)
        .order_by(LmsIdentityRow.id)
    )
    return dict(session.execute(query).all())
