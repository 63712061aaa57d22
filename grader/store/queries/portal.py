"""What a student's pages show."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from grader.domain import attempts as rules
from grader.domain.errors import AssignmentUnknown, AttemptsSpent, Closed, CoolingDown, NotOpen
from grader.domain.policy import Policy, Window, require_open, window
from grader.store.models import (
    AssignmentRow,
    AssignmentVersionRow,
    CourseRow,
    EnrolmentRow,
    ExtensionRow,
)
from grader.store.queries import access, attempts
from grader.store.queries.assignments import personal
from grader.store.queries.attempts import Attempt


@dataclass(frozen=True, slots=True)
class AssignmentCard:
    """An assignment in a student's list. `policy` has the person's extension applied.

    `score`, `provisional` and `state` are those of the attempt that counts; `last_…` name the
    newest, which may be another. None throughout where nothing was handed in.
    """

    id: str
    course_id: str
    course_title: str
    key: str
    title: str
    digest: str
    max_score: float
    policy: Policy
    window: Window
    attempts_used: int
    attempts_left: int | None
    score: float | None
    provisional: bool
    state: str | None
    counts: int | None
    last_attempt: int | None
    last_state: str | None


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """One of the person's submissions; `counts` marks the one whose score counts.

    `costs` is whether it uses up an attempt, as far as is known.
    """

    id: str
    attempt: int
    submitted_at: datetime
    source: str
    state: str
    outcome: str | None
    score: float | None
    max_score: float | None
    provisional: bool
    late_penalty: float
    costs: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    """An assignment's page: whether one may submit now, and why not; newest submission first."""

    card: AssignmentCard
    role: str
    may_submit: bool
    why_not: str
    retry_at: datetime | None
    submissions: tuple[SubmissionLine, ...]


def assignments_for(session: Session, person_id: str, now: datetime) -> tuple[AssignmentCard, ...]:
    """Every assignment of the person's courses, those due first before the others."""
    rows = _rows(session, person_id, None)
    mine = attempts.of_person(session, person_id, *(row[0].id for row in rows))
    groups = attempts.grouped(mine, "assignment_id")
    cards = [_card(*row, past=groups[row[0].id], now=now) for row in rows]
    return tuple(sorted(cards, key=_by_due_date))


def assignment_page(
    session: Session, person_id: str, assignment_id: str, now: datetime
) -> AssignmentPage:
    """One assignment as the person sees it.

    Raises `AssignmentUnknown` if there is none, or not in the person's courses.
    """
    rows = _rows(session, person_id, assignment_id)
    if not rows:
        raise AssignmentUnknown("There is no such assignment in your courses.")
    past = attempts.of_person(session, person_id, assignment_id)
    card = _card(*rows[0], past=past, now=now)
    why_not, retry_at = _refusal(card.policy, past, now)
    counted = rules.counting(card.policy, past)
    return AssignmentPage(
        card=card,
        role=access.role(session, person_id, card.course_id) or "student",
        may_submit=not why_not,
        why_not=why_not,
        retry_at=retry_at,
        submissions=tuple(_line(one, counts=one is counted) for one in reversed(past)),
    )


_Row = tuple[AssignmentRow, AssignmentVersionRow, str, ExtensionRow | None]


def _rows(session: Session, person_id: str, assignment_id: str | None) -> list[_Row]:
    mine = and_(ExtensionRow.assignment_id == AssignmentRow.id, ExtensionRow.person_id == person_id)
    query = (
        select(AssignmentRow, AssignmentVersionRow, CourseRow.title, ExtensionRow)
        .join(AssignmentVersionRow, AssignmentVersionRow.digest == AssignmentRow.digest)
        .join(CourseRow, CourseRow.id == AssignmentRow.course_id)
        .join(EnrolmentRow, EnrolmentRow.course_id == CourseRow.id)
        .outerjoin(ExtensionRow, mine)
        .where(EnrolmentRow.person_id == person_id)
    )
    if assignment_id is not None:
        query = query.where(AssignmentRow.id == assignment_id)
    return [(a, v, title, ext) for a, v, title, ext in session.execute(query)]


def _card(
    row: AssignmentRow,
    version: AssignmentVersionRow,
    course_title: str,
    extension: ExtensionRow | None,
    *,
    past: list[Attempt],
    now: datetime,
) -> AssignmentCard:
    policy = personal(row, extension).policy
    counted = rules.counting(policy, past)
    last = past[-1] if past else None
    return AssignmentCard(
        id=row.id,
        course_id=row.course_id,
        course_title=course_title,
        key=row.key,
        title=row.title,
        digest=row.digest,
        max_score=version.max_score,
        policy=policy,
        window=window(policy, now),
        attempts_used=rules.used(past),
        attempts_left=rules.left(policy, past),
        score=counted.score if counted else None,
        provisional=counted.provisional if counted else False,
        state=counted.state if counted else None,
        counts=counted.attempt if counted else None,
        last_attempt=last.attempt if last else None,
        last_state=last.state if last else None,
    )


def _line(one: Attempt, *, counts: bool) -> SubmissionLine:
    return SubmissionLine(
        id=one.submission_id,
        attempt=one.attempt,
        submitted_at=one.submitted_at,
        source=one.source,
        state=one.state,
        outcome=one.outcome,
        score=one.score,
        max_score=one.max_score,
        provisional=one.provisional,
        late_penalty=one.late_penalty,
        costs=one.costs,
        counts=counts,
    )


def _refusal(policy: Policy, past: list[Attempt], now: datetime) -> tuple[str, datetime | None]:
    try:
        require_open(policy, now)
        rules.require_attempt(policy, past, now)
    except CoolingDown as refusal:
        return refusal.message, refusal.retry_at
    except (NotOpen, Closed, AttemptsSpent) as refusal:
        return refusal.message, None
    return "", None


def _by_due_date(card: AssignmentCard) -> tuple[bool, str, str]:
    due = card.policy.due_at
    return (due is None, "" if due is None else due.isoformat(), card.title)
