"""Outgoing webhooks: where they go, what became of them, and which are due."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.store.models import DeliveryAttemptRow, DeliveryRow, OutboxRow, WebhookEndpointRow


@dataclass(frozen=True, slots=True)
class EndpointView:
    """An endpoint, never its secret; `rotating` says that two keys sign."""

    id: str
    url: str
    active: bool
    disabled_reason: str
    created_at: datetime
    rotating: bool


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One try: the HTTP status it met, or the error that kept it from one."""

    number: int
    at: datetime
    status: int | None
    error: str
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """One event on its way to one endpoint; about whose submission it is, empty if about none."""

    id: str
    event: str
    student: str
    submission_id: str
    revision: int
    url: str
    endpoint_active: bool
    state: str
    tries: int
    next_try_at: datetime | None
    created_at: datetime
    delivered_at: datetime | None
    attempts: tuple[AttemptView, ...]


def endpoints(session: Session, course_id: str) -> tuple[EndpointView, ...]:
    """The course's endpoints, oldest first, those switched off included."""
    rows = session.scalars(
        select(WebhookEndpointRow)
        .where(WebhookEndpointRow.course_id == course_id)
        .order_by(WebhookEndpointRow.id)
    )
    return tuple(
        EndpointView(
            row.id,
            row.url,
            row.active,
            row.disabled_reason,
            row.created_at,
            row.old_secret is not None,
        )
        for row in rows
    )


def log(session: Session, course_id: str, limit: int = 100) -> tuple[DeliveryView, ...]:
    """The course's newest deliveries with every try of them."""
    rows = session.execute(
        select(DeliveryRow, OutboxRow, WebhookEndpointRow)
        .join(OutboxRow, OutboxRow.id == DeliveryRow.outbox_id)
        .join(WebhookEndpointRow, WebhookEndpointRow.id == DeliveryRow.endpoint_id)
        .where(WebhookEndpointRow.course_id == course_id)
        .order_by(DeliveryRow.id.desc())
        .limit(limit)
    ).all()
    tries = _attempts(session, [row.id for row, _, _ in rows])
    return tuple(
        _delivery(row, event, endpoint, tries.get(row.id, [])) for row, event, endpoint in rows
    )


def is_of(session: Session, delivery_id: str, course_id: str) -> bool:
    """Whether the delivery is one of the course's."""
    query = select(WebhookEndpointRow.course_id).join(
        DeliveryRow, DeliveryRow.endpoint_id == WebhookEndpointRow.id
    )
    return session.scalar(query.where(DeliveryRow.id == delivery_id)) == course_id


def _attempts(session: Session, delivery_ids: list[str]) -> dict[str, list[AttemptView]]:
    rows = session.scalars(
        select(DeliveryAttemptRow)
        .where(DeliveryAttemptRow.delivery_id.in_(delivery_ids))
        .order_by(DeliveryAttemptRow.at, DeliveryAttemptRow.number)
    )
    found: dict[str, list[AttemptView]] = {}
    for row in rows:
        one = AttemptView(row.number, row.at, row.status, row.error, row.elapsed_ms)
        found.setdefault(row.delivery_id, []).append(one)
    return found


def _delivery(
    row: DeliveryRow, event: OutboxRow, endpoint: WebhookEndpointRow, tries: list[AttemptView]
) -> DeliveryView:
    return DeliveryView(
        id=row.id,
        event=event.event,
        student=event.payload.get("student", {}).get("username", ""),
        submission_id=event.payload.get("submission_id", ""),
        revision=event.payload.get("revision", 0),
        url=endpoint.url,
        endpoint_active=endpoint.active,
        state=row.state,
        tries=row.tries,
        next_try_at=row.next_try_at,
        created_at=row.created_at,
        delivered_at=row.delivered_at,
        attempts=tuple(tries),
    )
