"""Every submission to an assignment with what holds for it now, as the rules want it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, defer

from grader.domain.attempts import Past
from grader.store.models import GradeRow, SubmissionRow
from grader.store.queries.current import state_column, with_current


@dataclass(frozen=True, slots=True)
class Attempt(Past):
    """A submission with its current state; `max_score` is None until there is a grade."""

    submission_id: str
    assignment_id: str
    person_id: str
    source: str
    state: str
    outcome: str | None
    max_score: float | None
    provisional: bool
    late_penalty: float


def of_person(session: Session, person_id: str, *assignment_ids: str) -> list[Attempt]:
    """The person's submissions to those assignments, oldest first."""
    mine = SubmissionRow.person_id == person_id
    return _attempts(session, mine & SubmissionRow.assignment_id.in_(assignment_ids))


def of_assignment(session: Session, assignment_id: str) -> list[Attempt]:
    """Everyone's submissions to an assignment, oldest first."""
    return _attempts(session, SubmissionRow.assignment_id == assignment_id)


def grouped(attempts: Iterable[Attempt], by: str) -> dict[str, list[Attempt]]:
    """Attempts by `person_id` or `assignment_id`; an unknown key gives an empty list."""
    groups: dict[str, list[Attempt]] = defaultdict(list)
    for one in attempts:
        groups[getattr(one, by)].append(one)
    return groups


def _attempts(session: Session, which: ColumnElement[bool]) -> list[Attempt]:
    query = with_current(select(SubmissionRow, GradeRow, state_column())).where(which)
    # The whole grade is many times the size of what the rules ask for.
    query = query.order_by(SubmissionRow.id).options(defer(GradeRow.data, raiseload=True))
    rows = session.execute(query).all()
    return [_attempt(submission, grade, state) for submission, grade, state in rows]


def _attempt(submission: SubmissionRow, grade: GradeRow | None, state: str) -> Attempt:
    return Attempt(
        attempt=submission.attempt,
        submitted_at=submission.submitted_at,
        costs=state != "failed" if grade is None else grade.costs_attempt,
        score=None if grade is None else grade.score,
        submission_id=submission.id,
        assignment_id=submission.assignment_id,
        person_id=submission.person_id,
        source=submission.source,
        state=state,
        outcome=None if grade is None else grade.outcome,
        max_score=None if grade is None else grade.max_score,
        provisional=grade is None or grade.provisional,
        late_penalty=0.0 if grade is None else grade.late_penalty,
    )
