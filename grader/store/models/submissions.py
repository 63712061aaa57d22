"""What students handed in. These rows are inserted once and never updated."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from grader.store.base import Base, CleanJson, CleanString, CleanText, Identified


class SubmissionRow(Identified, Base):
    """One submission. `content_digest` covers its assignment and every byte of its answers."""

    __tablename__ = "submissions"
    __table_args__ = (
        UniqueConstraint("person_id", "assignment_id", "attempt"),
        # NULL keys never collide, on SQLite and PostgreSQL alike.
        UniqueConstraint("person_id", "idempotency_key"),
        Index(None, "assignment_id", "submitted_at"),
        CheckConstraint("source IN ('portal', 'api', 'lms')", name="source"),
        CheckConstraint("attempt >= 1", name="attempt"),
    )

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignments.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    digest: Mapped[str] = mapped_column(ForeignKey("assignment_versions.digest"))
    attempt: Mapped[int]
    source: Mapped[str] = mapped_column(CleanString(10))
    idempotency_key: Mapped[str | None] = mapped_column(CleanString(255))
    content_digest: Mapped[str] = mapped_column(CleanString(64))
    seed: Mapped[int] = mapped_column(BigInteger)
    submitted_at: Mapped[datetime]


class AnswerRow(Identified, Base):
    """The answer to one question, as typed and as read."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("submission_id", "question_id"),)

    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"))
    question_id: Mapped[str] = mapped_column(CleanString(100))
    kind: Mapped[str] = mapped_column(CleanString(30))
    text: Mapped[str] = mapped_column(CleanText)
    data: Mapped[Any] = mapped_column(CleanJson)


class AnswerFileRow(Identified, Base):
    """A file of an answer; its bytes are the artefact of that SHA-256."""

    __tablename__ = "answer_files"
    __table_args__ = (UniqueConstraint("answer_id", "name"),)

    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id"))
    name: Mapped[str] = mapped_column(CleanString(255))
    sha256: Mapped[str] = mapped_column(CleanString(64))
    size: Mapped[int]
