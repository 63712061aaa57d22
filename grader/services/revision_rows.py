"""The rows of new revisions, gathered as plain values and inserted table by table.

Ten thousand grades in one regrade are ten times faster so than object by object.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from grader.domain.attempts import costs_attempt
from grader.domain.events import GRADE_RECORDED
from grader.services.standing import Standing
from grader.store.base import Base, new_id
from grader.store.models import (
    CheckRow,
    DiagnosisRow,
    GradeRow,
    GradingRow,
    OutboxRow,
    QuestionMarkRow,
    RegradedRow,
)
from rubrics.grade import CheckGrade, Grade, QuestionGrade

ORDER = (GradingRow, GradeRow, QuestionMarkRow, CheckRow, DiagnosisRow, OutboxRow, RegradedRow)
"""A row before those that refer to it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who speaks in a revision, and when; `source` is "machine" or "person"."""

    source: str
    now: datetime
    grading_id: str | None = None
    person_id: str | None = None


@dataclass
class Rows:
    """Rows that wait for `insert`, by table."""

    tables: dict[type[Base], list[dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, table: type[Base], **values: Any) -> str:
        """One more row; returns its new id."""
        identity = new_id()
        self.tables[table].append({"id": identity, **values})
        return identity

    def insert(self, session: Session) -> None:
        """Insert all that was gathered, and forget it."""
        for table in ORDER:
            if rows := self.tables.pop(table, []):
                session.execute(insert(cast(Table, table.__table__)), rows)


def add_revision(rows: Rows, standing: Standing, final: Grade, origin: Origin) -> str:
    """Gather a revision that follows what stands, with its news; returns the id of the grade."""
    data = final.model_dump(mode="json")
    grade_id = rows.add(
        GradeRow,
        submission_id=standing.submission_id,
        revision=standing.revision + 1,
        grading_id=origin.grading_id,
        source=origin.source,
        person_id=origin.person_id,
        score=final.score,
        max_score=final.max_score,
        outcome=final.outcome,
        provisional=final.provisional,
        late_penalty=final.late_penalty,
        costs_attempt=_costs(standing, final),
        data=data,
        created_at=origin.now,
    )
    for question in final.questions:
        _add_question(rows, grade_id, question)
    rows.add(
        OutboxRow,
        event=GRADE_RECORDED,
        course_id=standing.course_id,
        payload=_news(standing, origin, data),
        created_at=origin.now,
        dispatched_at=None,
    )
    return grade_id


def _costs(standing: Standing, final: Grade) -> bool:
    return costs_attempt(
        part.outcome
        for question in final.questions
        if question.id in standing.answered
        for part in question.checks or (question,)
    )


def _add_question(rows: Rows, grade_id: str, question: QuestionGrade) -> None:
    mark_id = rows.add(
        QuestionMarkRow,
        grade_id=grade_id,
        question_id=question.id,
        score=question.score,
        max_score=question.max_score,
        outcome=question.outcome,
    )
    for position, check in enumerate(question.checks):
        _add_check(rows, mark_id, position, check)


def _add_check(rows: Rows, mark_id: str, position: int, check: CheckGrade) -> None:
    check_id = rows.add(
        CheckRow,
        question_mark_id=mark_id,
        position=position,
        check_id=check.id,
        title=check.title,
        outcome=check.outcome,
        evidence=check.evidence,
        score=check.score,
        max_score=check.max_score,
    )
    for place, one in enumerate(check.diagnoses):
        rows.add(
            DiagnosisRow,
            check_row_id=check_id,
            position=place,
            kind=one.kind[:100],
            place=one.where[:255],
            text=one.text,
        )


def _news(standing: Standing, origin: Origin, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "submission_id": standing.submission_id,
        "course": standing.course,
        "assignment_id": standing.assignment_id,
        "revision": standing.revision + 1,
        "source": origin.source,
        "submitted_at": standing.submitted_at.isoformat(),
        "student": {"id": standing.person_id, "username": standing.student},
        "lms": standing.lms,
        "grade": data,
    }
