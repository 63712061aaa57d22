"""Whether the person who acts may. `actor_id` None is the command line, which may."""

from sqlalchemy.orm import Session

from grader.domain.errors import NotEnrolled
from grader.store.queries import access


def require_grader(session: Session, actor_id: str | None, course_id: str) -> None:
    """Raises `NotEnrolled` unless the actor grades the course."""
    if actor_id is not None and not access.may_grade(session, actor_id, course_id):
        raise NotEnrolled("Only graders and instructors of the course may do this.")


def require_manager(session: Session, actor_id: str | None, course_id: str) -> None:
    """Raises `NotEnrolled` unless the actor is an instructor of the course."""
    if actor_id is not None and not access.may_manage(session, actor_id, course_id):
        raise NotEnrolled("Only instructors of the course may do this.")
