"""Who did what in a course."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.store.models import (
    AssignmentRow,
    AuditRow,
    CourseRow,
    LmsSourceRow,
    PersonRow,
    SubmissionRow,
    WebhookEndpointRow,
)

OPERATOR = "operator"
"""In the detail of an act at the command line: the machine's user."""


@dataclass(frozen=True, slots=True)
class AuditView:
    """One act; `actor` is a username, the machine's user at the command line, or "the service"."""

    at: datetime
    actor: str
    action: str
    subject_id: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act was done to: its kind (empty for one without a name) and what people call it."""

    kind: str
    name: str


def log(session: Session, course_id: str, limit: int = 100) -> tuple[AuditView, ...]:
    """The course's newest acts first."""
    rows = session.execute(
        select(AuditRow, PersonRow.username)
        .outerjoin(PersonRow, PersonRow.id == AuditRow.actor_id)
        .where(AuditRow.course_id == course_id)
        .order_by(AuditRow.id.desc())
        .limit(limit)
    )
    return tuple(_view(row, actor) for row, actor in rows)


def _view(row: AuditRow, actor: str | None) -> AuditView:
    detail = dict(row.detail)
    operator = detail.pop(OPERATOR, "")
    at_command_line = f"{operator} (command line)" if operator else "the service"
    return AuditView(row.at, actor or at_command_line, row.action, row.subject_id, detail)


def subjects(session: Session, ids: Collection[str]) -> dict[str, Subject]:
    """Those of the ids that have a name."""
    named = {
        "assignment": select(AssignmentRow.id, AssignmentRow.title),
        "course": select(CourseRow.id, CourseRow.title),
        "person": select(PersonRow.id, PersonRow.username),
        "endpoint": select(WebhookEndpointRow.id, WebhookEndpointRow.url),
        "source": select(LmsSourceRow.id, LmsSourceRow.name),
    }
    found: dict[str, Subject] = {}
    for kind, query in named.items():
        rows = session.execute(query.where(query.selected_columns[0].in_(ids)))
        found |= {row_id: Subject(kind, name) for row_id, name in rows}
    return found | _submissions(session, ids)


def _submissions(session: Session, ids: Collection[str]) -> dict[str, Subject]:
    query = (
        select(SubmissionRow.id, PersonRow.username, SubmissionRow.attempt)
        .join(PersonRow, PersonRow.id == SubmissionRow.person_id)
        .where(SubmissionRow.id.in_(ids))
    )
    return {
        row_id: Subject("submission", f"{username}, attempt {attempt}")
        for row_id, username, attempt in session.execute(query)
    }
