"""Who may see a course's pages: its staff. Others are told that there is nothing here."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from grader.domain.errors import NotFound
from grader.store.queries import access, dashboard
from grader.store.queries.submissions import SubmissionView
from grader.store.queries.submissions import view as submission_view
from grader.web import current


class Course(NamedTuple):
    """The course a page is about, and whether the viewer may change it."""

    id: str
    title: str
    may_manage: bool


def course(session: Session, course_id: str) -> Course:
    """The course, if the person grades in it. Raises `NotFound`."""
    person_id = current.person().id
    mine = {one.course_id: one for one in dashboard.courses(session, person_id)}
    if course_id not in mine:
        raise NotFound("There is no such course among those you teach.")
    manage = access.may_manage(session, person_id, course_id)
    return Course(course_id, mine[course_id].title, manage)


def of_assignment(session: Session, assignment_id: str) -> Course:
    """The course of an assignment. Raises `NotFound`."""
    course_id = dashboard.assignment_course(session, assignment_id)
    if course_id is None:
        raise NotFound("There is no such assignment.")
    return course(session, course_id)


def of_submission(session: Session, submission_id: str) -> tuple[Course, SubmissionView]:
    """A submission and its course. Raises `NotFound`."""
    view = submission_view(session, submission_id)
    return course(session, view.course_id), view
