"""The table of scores: every student of an assignment, and every question."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.domain import attempts as rules
from grader.store.models import (
    AssignmentRow,
    AssignmentVersionRow,
    EnrolmentRow,
    GradeRow,
    PersonRow,
    QuestionMarkRow,
    SubmissionRow,
)
from grader.store.queries import attempts
from grader.store.queries.assignments import policy_of
from grader.store.queries.attempts import Attempt
from grader.store.queries.current import is_current_grade


@dataclass(frozen=True, slots=True)
class PersonScore:
    """An enrolled student and the attempt that counts; None throughout if there is none.

    `late_penalty` is the share taken off; `attempts` are those that cost one.
    """

    person_id: str
    username: str
    name: str
    email: str
    submission_id: str | None
    attempt: int | None
    submitted_at: datetime | None
    late_penalty: float | None
    score: float | None
    max_score: float
    provisional: bool
    attempts: int


def scores(session: Session, assignment_id: str) -> tuple[PersonScore, ...]:
    """Every enrolled student by name, with the attempt that counts by the assignment's rule."""
    assignment = session.get(AssignmentRow, assignment_id)
    if assignment is None:
        return ()
    version = session.get_one(AssignmentVersionRow, assignment.digest)
    policy = policy_of(assignment)
    by_person = attempts.grouped(attempts.of_assignment(session, assignment_id), "person_id")
    students = session.scalars(
        select(PersonRow)
        .join(EnrolmentRow, EnrolmentRow.person_id == PersonRow.id)
        .where(EnrolmentRow.course_id == assignment.course_id, EnrolmentRow.role == "student")
        .order_by(PersonRow.name, PersonRow.id)
    )
    return tuple(
        _score(person, by_person[person.id], rules.counting(policy, by_person[person.id]), version)
        for person in students
    )


def question_scores(session: Session, assignment_id: str) -> dict[str, dict[str, float | None]]:
    """The scores of questions now, before any late penalty, by submission and question."""
    query = (
        select(SubmissionRow.id, QuestionMarkRow.question_id, QuestionMarkRow.score)
        .select_from(SubmissionRow)
        .join(GradeRow, is_current_grade())
        .join(QuestionMarkRow, QuestionMarkRow.grade_id == GradeRow.id)
        .where(SubmissionRow.assignment_id == assignment_id)
    )
    found: dict[str, dict[str, float | None]] = defaultdict(dict)
    for submission_id, question_id, score in session.execute(query):
        found[submission_id][question_id] = score
    return found


def _score(
    person: PersonRow,
    past: list[Attempt],
    counted: Attempt | None,
    version: AssignmentVersionRow,
) -> PersonScore:
    return PersonScore(
        person_id=person.id,
        username=person.username,
        name=person.name,
        email=person.email or "",
        submission_id=counted.submission_id if counted else None,
        attempt=counted.attempt if counted else None,
        submitted_at=counted.submitted_at if counted else None,
        late_penalty=counted.late_penalty if counted else None,
        score=counted.score if counted else None,
        max_score=version.max_score,
        provisional=counted.provisional if counted else False,
        attempts=rules.used(past),
    )
