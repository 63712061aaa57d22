"""The list of a course's submissions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from grader.store.models import AssignmentRow, GradeRow, GradingRow, PersonRow, SubmissionRow
from grader.store.queries.current import state_column, with_current


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
