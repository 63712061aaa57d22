"""People and the courses they are in."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.store.models import CourseRow, EnrolmentRow, PersonRow


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person, without anything secret."""

    id: str
    username: str
    name: str
    email: str | None
    is_admin: bool
    is_demo: bool


@dataclass(frozen=True, slots=True)
class CourseRole:
    """A course and the person's role in it."""

    course_id: str
    key: str
    title: str
    role: str


def person(session: Session, person_id: str) -> PersonView | None:
    """The person of that id."""
    row = session.get(PersonRow, person_id)
    return None if row is None else view(row)


def by_username(session: Session, username: str) -> PersonView | None:
    """The person of that name; capitals do not matter."""
    row = session.scalar(select(PersonRow).where(PersonRow.username == username.strip().lower()))
    return None if row is None else view(row)


def password_hash(session: Session, person_id: str) -> str | None:
    """The hash of the person's password; None if they have none."""
    row = session.get(PersonRow, person_id)
    return None if row is None else row.password_hash


def courses(session: Session, person_id: str) -> tuple[CourseRole, ...]:
    """Every course the person is enrolled in, by title."""
    query = (
        select(CourseRow.id, CourseRow.key, CourseRow.title, EnrolmentRow.role)
        .join(EnrolmentRow, EnrolmentRow.course_id == CourseRow.id)
        .where(EnrolmentRow.person_id == person_id)
        .order_by(CourseRow.title, CourseRow.id)
    )
    return tuple(CourseRole(*row) for row in session.execute(query))


def view(row: PersonRow) -> PersonView:
    """The view of a row."""
    return PersonView(row.id, row.username, row.name, row.email, row.is_admin, row.is_demo)
