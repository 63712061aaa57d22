"""Who did what, when: only ever appended."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from grader.store.base import Base, CleanString, Identified


class AuditRow(Identified, Base):
    """One act of a person (`actor_id`), or of the service itself (None)."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "course_id", "id"), Index(None, "subject_id"))

    at: Mapped[datetime]
    actor_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    course_id: Mapped[str | None] = mapped_column(ForeignKey("courses.id"))
    action: Mapped[str] = mapped_column(CleanString(50))
    subject_id: Mapped[str] = mapped_column(CleanString(255))
    detail: Mapped[dict[str, Any]]
