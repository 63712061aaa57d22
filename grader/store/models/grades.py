"""Attempts of grading, the revisions of grades they led to, and what people decided."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grader.store.base import Base, CleanString, CleanText, Identified


class GradingRow(Identified, Base):
    """One attempt of grading a submission: `queued → running → graded | failed`.

    `tries` counts how often it was claimed; `touched_at` is when something last happened to it,
    which tells the sweep what was lost; `phases` are milliseconds by phase.
    """

    __tablename__ = "gradings"
    __table_args__ = (
        Index(None, "state", "queued_at"),
        Index(None, "state", "touched_at"),
        Index(None, "submission_id", "id"),
        CheckConstraint("state IN ('queued', 'running', 'graded', 'failed')", name="state"),
    )

    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"))
    digest: Mapped[str] = mapped_column(ForeignKey("assignment_versions.digest"))
    state: Mapped[str] = mapped_column(CleanString(10))
    tries: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(CleanText, default="")
    requested_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    queued_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    phases: Mapped[dict[str, Any]] = mapped_column(default=dict)


class GradeRow(Identified, Base):
    """One revision of a submission's grade; only ever appended, the highest revision counts.

    `data` is the one grade shape in full; the columns repeat what queries need.
    """

    __tablename__ = "grades"
    __table_args__ = (
        UniqueConstraint("submission_id", "revision"),
        CheckConstraint("source IN ('machine', 'person')", name="source"),
    )

    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"))
    revision: Mapped[int]
    # Unique: however often a task runs, its grading is recorded once.
    grading_id: Mapped[str | None] = mapped_column(ForeignKey("gradings.id"), unique=True)
    source: Mapped[str] = mapped_column(CleanString(10))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    score: Mapped[float | None]
    max_score: Mapped[float]
    outcome: Mapped[str] = mapped_column(CleanString(20))
    provisional: Mapped[bool]
    late_penalty: Mapped[float]
    costs_attempt: Mapped[bool]
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class QuestionMarkRow(Identified, Base):
    """One question of one revision."""

    __tablename__ = "question_marks"
    __table_args__ = (UniqueConstraint("grade_id", "question_id"),)

    grade_id: Mapped[str] = mapped_column(ForeignKey("grades.id"))
    question_id: Mapped[str] = mapped_column(CleanString(100))
    score: Mapped[float | None]
    max_score: Mapped[float]
    outcome: Mapped[str] = mapped_column(CleanString(20))


class CheckRow(Identified, Base):
    """One check of one question of one revision."""

    __tablename__ = "checks"
    __table_args__ = (UniqueConstraint("question_mark_id", "position"),)

    question_mark_id: Mapped[str] = mapped_column(ForeignKey("question_marks.id"))
    position: Mapped[int]
    check_id: Mapped[str] = mapped_column(CleanString(100))
    title: Mapped[str] = mapped_column(CleanText)
    outcome: Mapped[str] = mapped_column(CleanString(20))
    evidence: Mapped[str] = mapped_column(CleanString(10))
    score: Mapped[float | None]
    max_score: Mapped[float]


class DiagnosisRow(Identified, Base):
    """One explanation of a wrong answer, in a table of its own so that a class can be counted."""

    __tablename__ = "diagnoses"
    __table_args__ = (UniqueConstraint("check_row_id", "position"), Index(None, "kind", "place"))

    check_row_id: Mapped[str] = mapped_column(ForeignKey("checks.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(CleanString(100))
    place: Mapped[str] = mapped_column(CleanString(255))
    text: Mapped[str] = mapped_column(CleanText)


class PersonMarkRow(Identified, Base):
    """A person's decision on one question; the latest of a question stands above any machine.

    `decision` is the JSON of the `CheckGrade` they gave.
    """

    __tablename__ = "person_marks"
    __table_args__ = (Index(None, "submission_id", "question_id"),)

    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"))
    question_id: Mapped[str] = mapped_column(CleanString(100))
    grade_id: Mapped[str] = mapped_column(ForeignKey("grades.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    items: Mapped[list[str]]
    comment: Mapped[str] = mapped_column(CleanText)
    decision: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
