"""News going out (outbox, endpoints, deliveries) and news coming in from an LMS."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from grader.store.base import Base, CleanString, CleanText, Identified


class OutboxRow(Identified, Base):
    """An event written in the transaction that made it true; sent later."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "dispatched_at", "id"),)

    event: Mapped[str] = mapped_column(CleanString(50))
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"))
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    dispatched_at: Mapped[datetime | None]


class WebhookEndpointRow(Identified, Base):
    """Where a course wants its events sent. The secrets are encrypted (`grader.store.vault`)."""

    __tablename__ = "webhook_endpoints"
    __table_args__ = (UniqueConstraint("course_id", "url"),)

    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"))
    url: Mapped[str] = mapped_column(CleanString(2000))
    secret: Mapped[str] = mapped_column(CleanString(500))
    old_secret: Mapped[str | None] = mapped_column(CleanString(500))
    old_secret_until: Mapped[datetime | None]
    active: Mapped[bool] = mapped_column(default=True)
    disabled_reason: Mapped[str] = mapped_column(CleanText, default="")
    created_at: Mapped[datetime]


class DeliveryRow(Identified, Base):
    """One event on its way to one endpoint."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("outbox_id", "endpoint_id"),
        Index(None, "state", "next_try_at"),
        Index(None, "endpoint_id", "id"),
        CheckConstraint("state IN ('pending', 'delivered', 'failed')", name="state"),
    )

    outbox_id: Mapped[str] = mapped_column(ForeignKey("outbox.id"))
    endpoint_id: Mapped[str] = mapped_column(ForeignKey("webhook_endpoints.id"))
    state: Mapped[str] = mapped_column(CleanString(10))
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    queued_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]


class DeliveryAttemptRow(Identified, Base):
    """One try of a delivery: the status it met, or the error that kept it from one."""

    __tablename__ = "delivery_attempts"
    __table_args__ = (UniqueConstraint("delivery_id", "number"),)

    delivery_id: Mapped[str] = mapped_column(ForeignKey("deliveries.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    status: Mapped[int | None]
    error: Mapped[str] = mapped_column(CleanText, default="")
    elapsed_ms: Mapped[float]


class InboundEventRow(Identified, Base):
    """A verified webhook of an LMS, kept before it is acted on; unique, so a replay is nothing.

    Its body is an artefact; the columns repeat what staff need to see of it.
    """

    __tablename__ = "inbound_events"
    __table_args__ = (
        UniqueConstraint("source_id", "event_id"),
        Index(None, "state", "received_at"),
        CheckConstraint("state IN ('received', 'acted', 'parked', 'refused')", name="state"),
    )

    source_id: Mapped[str] = mapped_column(ForeignKey("lms_sources.id"))
    event_id: Mapped[str] = mapped_column(CleanString(255))
    body_sha256: Mapped[str] = mapped_column(CleanString(64))
    external_id: Mapped[str] = mapped_column(CleanString(255))
    name: Mapped[str] = mapped_column(CleanString(200))
    email: Mapped[str] = mapped_column(CleanString(320))
    assignment_key: Mapped[str] = mapped_column(CleanString(200))
    state: Mapped[str] = mapped_column(CleanString(10))
    note: Mapped[str] = mapped_column(CleanText, default="")
    tries: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    submission_id: Mapped[str | None] = mapped_column(ForeignKey("submissions.id"))
    received_at: Mapped[datetime]
    touched_at: Mapped[datetime]
