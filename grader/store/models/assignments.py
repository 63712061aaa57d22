"""Assignments as a course gives them, and the versions of them by digest."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grader.store.base import Base, CleanString, CleanText, Identified


class AssignmentVersionRow(Base):
    """One exact content of an assignment folder, kept as an archive under its digest."""

    __tablename__ = "assignment_versions"

    digest: Mapped[str] = mapped_column(CleanString(64), primary_key=True)
    key: Mapped[str] = mapped_column(CleanString(200))
    title: Mapped[str] = mapped_column(CleanString(200))
    max_score: Mapped[float]
    archive_sha256: Mapped[str] = mapped_column(CleanString(64))
    created_at: Mapped[datetime]


class AssignmentRow(Identified, Base):
    """An assignment in a course; `digest` is the version new submissions are graded by.

    `policy` is the JSON of `grader.domain.policy.Policy`.
    """

    __tablename__ = "assignments"
    __table_args__ = (UniqueConstraint("course_id", "key"),)

    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"))
    key: Mapped[str] = mapped_column(CleanString(200))
    title: Mapped[str] = mapped_column(CleanString(200))
    digest: Mapped[str] = mapped_column(ForeignKey("assignment_versions.digest"))
    policy: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ExtensionRow(Identified, Base):
    """One person's later dates and extra attempts for one assignment.

    `granted_by` is None where it was granted at the command line.
    """

    __tablename__ = "extensions"
    __table_args__ = (UniqueConstraint("assignment_id", "person_id"),)

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignments.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    due_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    extra_attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(CleanText, default="")
    granted_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
