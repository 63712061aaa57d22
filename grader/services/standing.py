"""What holds for submissions now, read for many at once: all that a new revision is made of."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from grader.domain.policy import Policy, late_penalty
from grader.store.models import (
    AnswerRow,
    AssignmentRow,
    CourseRow,
    ExtensionRow,
    GradeRow,
    GradingRow,
    LmsIdentityRow,
    LmsSourceRow,
    PersonMarkRow,
    PersonRow,
    SubmissionRow,
)
from grader.store.queries.assignments import personal, policy_of
from grader.store.queries.current import with_current
from rubrics.grade import CheckGrade


@dataclass(frozen=True, slots=True)
class Standing:
    """One submission: whose it is, its newest grading, and the revision that counts (if any).

    `decisions` are people's, by question; `penalty` is the late penalty that holds now.
    """

    submission_id: str
    assignment_id: str
    course_id: str
    course: str
    person_id: str
    student: str
    attempt: int
    seed: int
    submitted_at: datetime
    grading_id: str
    grading_state: str
    digest: str
    grade_id: str | None
    revision: int
    data: dict[str, Any] | None
    penalty: float
    answered: frozenset[str]
    decisions: dict[str, CheckGrade]
    lms: dict[str, str]


def read(session: Session, submission_ids: Iterable[str]) -> dict[str, Standing]:
    """What holds for each of those submissions, in the order of their ids."""
    ids = list(submission_ids)
    rows = session.execute(_query(ids)).all()
    around = _Around(
        answered=_answered(session, ids),
        decisions=decisions(session, ids),
        lms=_lms_names(session, {row.person_id for row in rows}),
        policies={},
    )
    return {row.id: _standing(row, around) for row in rows}


def decisions(session: Session, submission_ids: Iterable[str]) -> dict[str, dict[str, CheckGrade]]:
    """What people decided on each submission, the newest of each question."""
    query = select(PersonMarkRow.submission_id, PersonMarkRow.question_id, PersonMarkRow.decision)
    query = query.where(PersonMarkRow.submission_id.in_(list(submission_ids)))
    found: dict[str, dict[str, CheckGrade]] = defaultdict(dict)
    for submission, question, decision in session.execute(query.order_by(PersonMarkRow.id)):
        found[submission][question] = CheckGrade.model_validate(decision)
    return found


@dataclass(frozen=True, slots=True)
class _Around:
    """What is read for all submissions at once; policies are parsed once an assignment."""

    answered: dict[str, frozenset[str]]
    decisions: dict[str, dict[str, CheckGrade]]
    lms: dict[tuple[str, str], dict[str, str]]
    policies: dict[str, Policy]


def _query(ids: list[str]) -> Select[Any]:
    columns = (
        SubmissionRow.id,
        SubmissionRow.person_id,
        SubmissionRow.attempt,
        SubmissionRow.seed,
        SubmissionRow.submitted_at,
        AssignmentRow,
        CourseRow.key.label("course"),
        PersonRow.username,
        ExtensionRow,
        GradingRow.id.label("grading_id"),
        GradingRow.state.label("grading_state"),
        GradingRow.digest,
        GradeRow.id.label("grade_id"),
        GradeRow.revision,
        GradeRow.data,
    )
    extended = (ExtensionRow.assignment_id == SubmissionRow.assignment_id) & (
        ExtensionRow.person_id == SubmissionRow.person_id
    )
    return (
        with_current(select(*columns))
        .join(AssignmentRow, AssignmentRow.id == SubmissionRow.assignment_id)
        .join(CourseRow, CourseRow.id == AssignmentRow.course_id)
        .join(PersonRow, PersonRow.id == SubmissionRow.person_id)
        .outerjoin(ExtensionRow, extended)
        .where(SubmissionRow.id.in_(ids))
        .order_by(SubmissionRow.id)
    )


def _standing(row: Row[Any], around: _Around) -> Standing:
    assignment: AssignmentRow = row.AssignmentRow
    return Standing(
        submission_id=row.id,
        assignment_id=assignment.id,
        course_id=assignment.course_id,
        course=row.course,
        person_id=row.person_id,
        student=row.username,
        attempt=row.attempt,
        seed=row.seed,
        submitted_at=row.submitted_at,
        grading_id=row.grading_id,
        grading_state=row.grading_state,
        digest=row.digest,
        grade_id=row.grade_id,
        revision=row.revision or 0,
        data=row.data,
        penalty=late_penalty(_policy(row, around), row.submitted_at),
        answered=around.answered.get(row.id, frozenset()),
        decisions=around.decisions.get(row.id, {}),
        lms=around.lms.get((row.person_id, assignment.course_id), {}),
    )


def _policy(row: Row[Any], around: _Around) -> Policy:
    if row.ExtensionRow is not None:
        return personal(row.AssignmentRow, row.ExtensionRow).policy
    if row.AssignmentRow.id not in around.policies:
        around.policies[row.AssignmentRow.id] = policy_of(row.AssignmentRow)
    return around.policies[row.AssignmentRow.id]


def _answered(session: Session, ids: list[str]) -> dict[str, frozenset[str]]:
    query = select(AnswerRow.submission_id, AnswerRow.question_id)
    found: dict[str, set[str]] = defaultdict(set)
    for submission, question in session.execute(query.where(AnswerRow.submission_id.in_(ids))):
        found[submission].add(question)
    return {submission: frozenset(questions) for submission, questions in found.items()}


def _lms_names(session: Session, people: Collection[str]) -> dict[tuple[str, str], dict[str, str]]:
    """How each LMS source names a person, by the person and the source's course."""
    query = (
        select(
            LmsIdentityRow.person_id,
            LmsSourceRow.course_id,
            LmsSourceRow.name,
            LmsIdentityRow.external_id,
        )
        .join(LmsSourceRow, LmsIdentityRow.source_id == LmsSourceRow.id)
        .where(LmsIdentityRow.person_id.in_(list(people)))
        .order_by(LmsIdentityRow.id)
    )
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for person, course, source, external in session.execute(query):
        found[person, course][source] = external
    return found
