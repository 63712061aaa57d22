"""Assignments of a course, and the rules that hold for one person."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.domain.policy import Extension, Policy, with_extension
from grader.store.models import AssignmentRow, ExtensionRow


@dataclass(frozen=True, slots=True)
class PersonalRules:
    """An assignment's course and version, and its policy with a person's extension applied."""

    assignment_id: str
    course_id: str
    key: str
    title: str
    digest: str
    policy: Policy


def policy_of(row: AssignmentRow) -> Policy:
    """The policy stored with an assignment."""
    return Policy.model_validate(row.policy)


def rules(session: Session, assignment_id: str, person_id: str) -> PersonalRules | None:
    """What holds for this person; None if there is no such assignment."""
    row = session.get(AssignmentRow, assignment_id)
    if row is None:
        return None
    extension = session.scalar(
        select(ExtensionRow).where(
            ExtensionRow.assignment_id == assignment_id, ExtensionRow.person_id == person_id
        )
    )
    return personal(row, extension)


def personal(row: AssignmentRow, extension: ExtensionRow | None) -> PersonalRules:
    """The rules of an assignment for the person who has that extension."""
    policy = policy_of(row)
    if extension is not None:
        policy = with_extension(
            policy,
            Extension(
                due_at=extension.due_at,
                closes_at=extension.closes_at,
                extra_attempts=extension.extra_attempts,
            ),
        )
    return PersonalRules(row.id, row.course_id, row.key, row.title, row.digest, policy)


def latest_digests(session: Session, limit: int) -> list[str]:
    """The versions that courses were given last, each once, the newest first."""
    newest = func.max(AssignmentRow.updated_at)
    query = select(AssignmentRow.digest).group_by(AssignmentRow.digest).order_by(newest.desc())
    return list(session.scalars(query.limit(limit)))


def by_key(session: Session, course_id: str, key: str) -> str | None:
    """The id of the assignment that the course has under that key."""
    return session.scalar(
        select(AssignmentRow.id).where(
            AssignmentRow.course_id == course_id, AssignmentRow.key == key
        )
    )
