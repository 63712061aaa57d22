"""What students' code produced, kept; and regrades: many grades taken anew in one step."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grader.store.base import Base, CleanString, Identified


class RunRow(Identified, Base):
    """What one job of a submission produced; the bytes are the artefact of that SHA-256.

    `key` is a digest of all that went into the run. A run is its submission's own: two students
    who send the same code may still be timed differently.
    """

    __tablename__ = "runs"
    __table_args__ = (UniqueConstraint("submission_id", "key"),)

    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"))
    key: Mapped[str] = mapped_column(CleanString(64))
    sha256: Mapped[str] = mapped_column(CleanString(64))
    size: Mapped[int]
    created_at: Mapped[datetime]


class RegradeRow(Identified, Base):
    """One regrade of an assignment by one version: `running → applied → reverting → reverted`.

    One that was interrupted stays `running`, and is gone on with by the next of that version.
    """

    __tablename__ = "regrades"
    __table_args__ = (
        Index(None, "assignment_id", "id"),
        CheckConstraint("state IN ('running', 'applied', 'reverting', 'reverted')", name="state"),
    )

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignments.id"))
    digest: Mapped[str] = mapped_column(ForeignKey("assignment_versions.digest"))
    actor_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(CleanString(10))
    totals: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    reverted_at: Mapped[datetime | None]


class RegradedRow(Identified, Base):
    """One submission of a regrade: what held before, and what came of it.

    `grade_id` is None where only the version changed, and the grade did not.
    """

    __tablename__ = "regraded"
    __table_args__ = (UniqueConstraint("regrade_id", "submission_id"),)

    regrade_id: Mapped[str] = mapped_column(ForeignKey("regrades.id"))
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"))
    before_digest: Mapped[str] = mapped_column(ForeignKey("assignment_versions.digest"))
    before_grade_id: Mapped[str | None] = mapped_column(ForeignKey("grades.id"))
    grading_id: Mapped[str] = mapped_column(ForeignKey("gradings.id"))
    grade_id: Mapped[str | None] = mapped_column(ForeignKey("grades.id"))
    reverted_at: Mapped[datetime | None]
