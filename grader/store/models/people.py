"""People, courses, who has which role where, and how the LMS and programs name them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from grader.store.base import Base, CleanString, Identified


class PersonRow(Identified, Base):
    """A person. Without a password hash they sign in by other means, or not at all.

    Those of the demo have passwords that everyone can read: they come in in demo mode only.
    """

    __tablename__ = "people"

    username: Mapped[str] = mapped_column(CleanString(150), unique=True)
    name: Mapped[str] = mapped_column(CleanString(200))
    email: Mapped[str | None] = mapped_column(CleanString(320))
    password_hash: Mapped[str | None] = mapped_column(CleanString(255))
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]


class CourseRow(Identified, Base):
    """A course; `key` is what people type."""

    __tablename__ = "courses"

    key: Mapped[str] = mapped_column(CleanString(100), unique=True)
    title: Mapped[str] = mapped_column(CleanString(200))
    created_at: Mapped[datetime]


class EnrolmentRow(Identified, Base):
    """A person's one role in a course."""

    __tablename__ = "enrolments"
    __table_args__ = (
        UniqueConstraint("course_id", "person_id"),
        CheckConstraint("role IN ('student', 'grader', 'instructor')", name="role"),
    )

    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str] = mapped_column(CleanString(20))
    created_at: Mapped[datetime]


class LmsSourceRow(Identified, Base):
    """An LMS that sends us webhooks for one course; `name` is in its address.

    The secrets are encrypted (see `grader.store.vault`); `old_secret` is accepted
    too until `old_secret_until`.
    """

    __tablename__ = "lms_sources"

    name: Mapped[str] = mapped_column(CleanString(100), unique=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"), index=True)
    secret: Mapped[str] = mapped_column(CleanString(500))
    old_secret: Mapped[str | None] = mapped_column(CleanString(500))
    old_secret_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class LmsIdentityRow(Identified, Base):
    """The name an LMS has for one of our people."""

    __tablename__ = "lms_identities"
    __table_args__ = (UniqueConstraint("source_id", "external_id"),)

    source_id: Mapped[str] = mapped_column(ForeignKey("lms_sources.id"))
    external_id: Mapped[str] = mapped_column(CleanString(255))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]


class ApiTokenRow(Identified, Base):
    """A bearer token; only the SHA-256 of it is kept, so a stolen database signs nobody in."""

    __tablename__ = "api_tokens"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(CleanString(100))
    sha256: Mapped[str] = mapped_column(CleanString(64), unique=True)
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
