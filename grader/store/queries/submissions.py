"""One submission: what was handed in, how its grading went, and its grade."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.domain.errors import NotFound
from grader.store.models import (
    AnswerFileRow,
    AnswerRow,
    AssignmentRow,
    CourseRow,
    GradeRow,
    GradingRow,
    PersonMarkRow,
    PersonRow,
    SubmissionRow,
)
from grader.store.queries import queue
from grader.store.queries.current import FINAL, state_column, with_current
from rubrics.grade import Grade


@dataclass(frozen=True, slots=True)
class Status:
    """What the live pages need; in a final state nothing more happens by itself."""

    state: str
    queue_position: int | None
    final: bool


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of an answer; the bytes are the artefact of that SHA-256."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer as typed (`text`) and as read (`data`)."""

    question_id: str
    kind: str
    text: str
    data: Any
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class GradingView:
    """One attempt of grading; `phases` are milliseconds."""

    id: str
    state: str
    tries: int
    reason: str
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    phases: dict[str, float]


@dataclass(frozen=True, slots=True)
class PersonMarkView:
    """A person's decision on a question; the newest of a question stands."""

    question_id: str
    items: tuple[str, ...]
    comment: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A submission as its page shows it; newest grading first, oldest mark first.

    `costs_attempt` is what holds so far; it may change until every question is decided.
    """

    id: str
    person_id: str
    student: str
    student_name: str
    course_id: str
    course_title: str
    assignment_id: str
    assignment_key: str
    assignment_title: str
    digest: str
    attempt: int
    source: str
    seed: int
    submitted_at: datetime
    state: str
    queue_position: int | None
    grade: Grade | None
    costs_attempt: bool
    revision: int
    grade_source: str | None
    phases: dict[str, float]
    answers: tuple[AnswerView, ...]
    gradings: tuple[GradingView, ...]
    marks: tuple[PersonMarkView, ...]


def status(session: Session, submission_id: str) -> Status:
    """The submission's state now. Raises `NotFound`."""
    query = with_current(select(state_column())).where(SubmissionRow.id == submission_id)
    state: str | None = session.scalar(query)
    if state is None:
        raise NotFound("There is no such submission.")
    return Status(state, queue.position(session, submission_id), state in FINAL)


def view(session: Session, submission_id: str) -> SubmissionView:
    """The whole submission. Raises `NotFound`; who may see it is for `access` to say."""
    query = (
        with_current(
            select(SubmissionRow, AssignmentRow, CourseRow, PersonRow, GradeRow, state_column())
        )
        .join(AssignmentRow, AssignmentRow.id == SubmissionRow.assignment_id)
        .join(CourseRow, CourseRow.id == AssignmentRow.course_id)
        .join(PersonRow, PersonRow.id == SubmissionRow.person_id)
    )
    found = session.execute(query.where(SubmissionRow.id == submission_id)).first()
    if found is None:
        raise NotFound("There is no such submission.")
    submission, assignment, course, person, grade, state = found
    tries = gradings(session, submission_id)
    return SubmissionView(
        id=submission.id,
        person_id=person.id,
        student=person.username,
        student_name=person.name,
        course_id=course.id,
        course_title=course.title,
        assignment_id=assignment.id,
        assignment_key=assignment.key,
        assignment_title=assignment.title,
        digest=submission.digest,
        attempt=submission.attempt,
        source=submission.source,
        seed=submission.seed,
        submitted_at=submission.submitted_at,
        state=state,
        queue_position=queue.position(session, submission_id),
        grade=None if grade is None else Grade.model_validate(grade.data),
        costs_attempt=state != "failed" if grade is None else grade.costs_attempt,
        revision=0 if grade is None else grade.revision,
        grade_source=None if grade is None else grade.source,
        phases=tries[0].phases,
        answers=answers(session, submission_id),
        gradings=tries,
        marks=marks(session, submission_id),
    )


def answers(session: Session, submission_id: str) -> tuple[AnswerView, ...]:
    """The answers in the order of their questions' ids."""
    return answers_of(session, [submission_id]).get(submission_id, ())


def answers_of(
    session: Session, submission_ids: Sequence[str]
) -> dict[str, tuple[AnswerView, ...]]:
    """The answers of each of those submissions; one without any is not in it."""
    mine = AnswerRow.submission_id.in_(submission_ids)
    files: dict[str, list[FileView]] = defaultdict(list)
    columns = (AnswerFileRow.name, AnswerFileRow.sha256, AnswerFileRow.size)
    kept = select(AnswerFileRow.answer_id, *columns).join(
        AnswerRow, AnswerRow.id == AnswerFileRow.answer_id
    )
    for answer_id, name, sha256, size in session.execute(
        kept.where(mine).order_by(AnswerFileRow.name)
    ):
        files[answer_id].append(FileView(name, sha256, size))
    found: dict[str, list[AnswerView]] = defaultdict(list)
    query = select(AnswerRow).where(mine)
    for row in session.scalars(query.order_by(AnswerRow.question_id)):
        answer = AnswerView(row.question_id, row.kind, row.text, row.data, tuple(files[row.id]))
        found[row.submission_id].append(answer)
    return {submission: tuple(listed) for submission, listed in found.items()}


def gradings(session: Session, submission_id: str) -> tuple[GradingView, ...]:
    """Every attempt of grading, the newest first."""
    rows = session.scalars(
        select(GradingRow)
        .where(GradingRow.submission_id == submission_id)
        .order_by(GradingRow.id.desc())
    )
    return tuple(
        GradingView(
            row.id,
            row.state,
            row.tries,
            row.reason,
            row.queued_at,
            row.started_at,
            row.finished_at,
            dict(row.phases),
        )
        for row in rows
    )


def marks(session: Session, submission_id: str) -> tuple[PersonMarkView, ...]:
    """Every decision of a person, the oldest first."""
    rows = session.execute(
        select(PersonMarkRow, PersonRow.username)
        .join(PersonRow, PersonRow.id == PersonMarkRow.person_id)
        .where(PersonMarkRow.submission_id == submission_id)
        .order_by(PersonMarkRow.id)
    )
    return tuple(
        PersonMarkView(row.question_id, tuple(row.items), row.comment, by, row.created_at)
        for row, by in rows
    )
