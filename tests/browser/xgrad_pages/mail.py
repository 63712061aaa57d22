"""News on its way out that nobody takes, and an event from an LMS about someone unknown."""

import json
from datetime import UTC, datetime

from sqlalchemy import select
from standardwebhooks import Webhook

from grader.outbound import deliveries
from grader.services import endpoints, lms_inbox, lms_sources, outbox
from grader.store.models import InboundEventRow
from xgrad_pages.course import Course
from xgrad_pages.processes import free_port


def send_and_receive(course: Course) -> None:
    """A delivery that was tried once, and a parked event."""
    url = f"http://127.0.0.1:{free_port()}/hooks/xgrad"
    endpoints.add(course.ctx, course.instructor, course.course_id, url)
    for delivery in outbox.dispatch(course.ctx)[:1]:
        deliveries.attempt(course.ctx, delivery)
    park(course)


def park(course: Course) -> None:
    """Someone hands in through an LMS whose name for them nobody here knows."""
    name = f"canvas-{course.course_id[-6:]}"
    source = lms_sources.add(course.ctx, course.course_id, name)
    data = {
        "user": {"id": "lms-2207", "name": "Grace Hopper", "email": "grace@example.org"},
        "assignment": "autograd/paper-1",
        "answers": {"q1": {"kind": "tensor", "text": "[1, 2, 3, 4]"}},
    }
    body = json.dumps({"type": "submission.created", "timestamp": "2026", "data": data})
    now = datetime.now(UTC)
    headers = {
        "webhook-id": "evt_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(source.secret).sign("evt_1", now, body),
    }
    assert lms_inbox.receive(course.ctx, name, headers, body.encode())
    with course.ctx.store.read() as session:
        inbound = session.scalar(
            select(InboundEventRow.id).where(InboundEventRow.source_id == source.id)
        )
    assert inbound is not None
    assert lms_inbox.act(course.ctx, inbound) == "parked"
