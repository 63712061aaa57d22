"""Who may see and do what. Every id that comes from outside goes through one of these."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.store.models import AssignmentRow, EnrolmentRow, PersonRow, SubmissionRow

GRADERS = frozenset({"grader", "instructor"})


def role(session: Session, person_id: str, course_id: str) -> str | None:
    """The person's role in the course: student, grader or instructor."""
    return session.scalar(
        select(EnrolmentRow.role).where(
            EnrolmentRow.person_id == person_id, EnrolmentRow.course_id == course_id
        )
    )


def is_admin(session: Session, person_id: str) -> bool:
    """Whether the person administers the whole service."""
    return bool(session.scalar(select(PersonRow.is_admin).where(PersonRow.id == person_id)))


def may_grade(session: Session, person_id: str, course_id: str) -> bool:
    """Whether the person may see everyone's work in the course, and mark it."""
    return role(session, person_id, course_id) in GRADERS or is_admin(session, person_id)


def may_manage(session: Session, person_id: str, course_id: str) -> bool:
    """Whether the person may change the course: roster, dates, webhooks."""
    return role(session, person_id, course_id) == "instructor" or is_admin(session, person_id)


def may_see_submission(session: Session, person_id: str, submission_id: str) -> bool:
    """Whether the submission is the person's own, or of a course they grade."""
    found = session.execute(
        select(SubmissionRow.person_id, AssignmentRow.course_id)
        .join(AssignmentRow, AssignmentRow.id == SubmissionRow.assignment_id)
        .where(SubmissionRow.id == submission_id)
    ).first()
    if found is None:
        return False
    owner, course_id = found
    return bool(owner == person_id) or may_grade(session, person_id, course_id)
