"""What an instructor's pages show."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from grader.domain import attempts as rules
from grader.store.models import (
    AssignmentRow,
    AssignmentVersionRow,
    CheckRow,
    CourseRow,
    DiagnosisRow,
    EnrolmentRow,
    GradeRow,
    GradingRow,
    PersonRow,
    QuestionMarkRow,
    SubmissionRow,
)
from grader.store.queries import access, attempts, people
from grader.store.queries.assignments import policy_of
from grader.store.queries.attempts import Attempt
from grader.store.queries.current import is_current_grade, state_column, with_current
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


@dataclass(frozen=True, slots=True)
class DashboardRow:
    """One submission in the instructor's list; `reason` is why its newest grading broke, if so."""

    submission_id: str
    assignment_id: str
    assignment_title: str
    person_id: str
    username: str
    name: str
    attempt: int
    source: str
    submitted_at: datetime
    state: str
    reason: str
    outcome: str | None
    score: float | None
    max_score: float | None
    provisional: bool
    late_penalty: float


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


@dataclass(frozen=True, slots=True)
class DiagnosisCount:
    """An explanation, and how many students' newest grades carry it."""

    question_id: str
    kind: str
    place: str
    text: str
    students: int


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


def rows(
    session: Session,
    course_id: str,
    *,
    assignment_id: str | None = None,
    states: Collection[str] = (),
    before: str | None = None,
    after: str | None = None,
    limit: int = 100,
    oldest_first: bool = False,
) -> tuple[DashboardRow, ...]:
    """Submissions of a course (those in one of `states`, if any are named), newest first or oldest.

    `before` is the last id of the page before, where the newest come first; `after` where the
    oldest do.
    """
    query = (
        with_current(
            select(
                SubmissionRow,
                AssignmentRow.title,
                PersonRow,
                GradeRow,
                state_column(),
                GradingRow.reason,
            )
        )
        .join(AssignmentRow, AssignmentRow.id == SubmissionRow.assignment_id)
        .join(PersonRow, PersonRow.id == SubmissionRow.person_id)
        .where(AssignmentRow.course_id == course_id)
    )
    if assignment_id is not None:
        query = query.where(SubmissionRow.assignment_id == assignment_id)
    if states:
        query = query.where(state_column().in_(states))
    if before is not None:
        query = query.where(SubmissionRow.id < before)
    if after is not None:
        query = query.where(SubmissionRow.id > after)
    query = query.options(defer(GradeRow.data, raiseload=True))
    order = SubmissionRow.id.asc() if oldest_first else SubmissionRow.id.desc()
    found = session.execute(query.order_by(order).limit(limit))
    return tuple(
        _row(submission, title, person, grade, state=state, reason=reason)
        for submission, title, person, grade, state, reason in found
    )


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


def _row(
    submission: SubmissionRow,
    title: str,
    person: PersonRow,
    grade: GradeRow | None,
    *,
    state: str,
    reason: str,
) -> DashboardRow:
    return DashboardRow(
        submission_id=submission.id,
        assignment_id=submission.assignment_id,
        assignment_title=title,
        person_id=person.id,
        username=person.username,
        name=person.name,
        attempt=submission.attempt,
        source=submission.source,
        submitted_at=submission.submitted_at,
        state=state,
        reason=reason,
        outcome=None if grade is None else grade.outcome,
        score=None if grade is None else grade.score,
        max_score=None if grade is None else grade.max_score,
        provisional=grade is None or grade.provisional,
        late_penalty=0.0 if grade is None else grade.late_penalty,
    )


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
