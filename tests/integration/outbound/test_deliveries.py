"""Deliveries on real databases, to a real receiver: retried on time, logged, sent once."""

import dataclasses
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from grader.bootstrap import Context
from grader.outbound import deliveries, due, retries
from grader.outbound.queue import CeleryQueue
from grader.services import endpoints, outbox
from grader.store.models import DeliveryAttemptRow, DeliveryRow, OutboxRow, WebhookEndpointRow
from grader.store.queries import webhooks

PAYLOAD = {"submission_id": "s-1", "grade": {"score": 3.5, "student": "Žofie"}}


def changed(ctx: Context, **settings: object) -> Context:
    """The same context with other settings."""
    return dataclasses.replace(ctx, settings=ctx.settings.model_copy(update=settings))


@pytest.fixture
def ctx(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> Context:
    """As everywhere, but this machine may be sent to; the clock starts now, for the signatures."""
    ctx.clock.now = datetime.now(UTC)
    monkeypatch.setattr(retries, "JITTER", 0.0)
    return changed(ctx, webhook_allow_private=True)


@pytest.fixture
def event(ctx: Context, classroom: Any) -> Callable[[], str]:
    """Writes an event of the course to the outbox and turns it into a delivery: its id."""

    def make() -> str:
        with ctx.store.begin() as session:
            session.add(
                OutboxRow(
                    event="grade.recorded",
                    course_id=classroom.course_id,
                    payload=PAYLOAD,
                    created_at=ctx.clock(),
                    dispatched_at=None,
                )
            )
        (delivery_id,) = outbox.dispatch(ctx)
        return delivery_id

    return make


@pytest.fixture
def endpoint(ctx: Context, classroom: Any, receiver: Any) -> Any:
    return endpoints.add(ctx, None, classroom.course_id, receiver.url)


def row(ctx: Context, delivery_id: str) -> DeliveryRow:
    with ctx.store.read() as session:
        return session.get_one(DeliveryRow, delivery_id)


def log(ctx: Context, delivery_id: str) -> list[tuple[int, int | None]]:
    with ctx.store.read() as session:
        query = select(DeliveryAttemptRow).where(DeliveryAttemptRow.delivery_id == delivery_id)
        rows = session.scalars(query.order_by(DeliveryAttemptRow.number)).all()
        return [(one.number, one.status) for one in rows]


def test_a_delivery_carries_the_event_signed_by_the_endpoints_secret(
    ctx: Context, endpoint: Any, event: Any, receiver: Any
) -> None:
    delivery_id = event()
    deliveries.attempt(ctx, delivery_id)
    headers, body = receiver.requests[0]
    told = Webhook(endpoint.secret).verify(body, headers)
    assert told["type"] == "grade.recorded"
    assert told["data"] == PAYLOAD
    assert datetime.fromisoformat(told["timestamp"]).tzinfo is not None
    assert (row(ctx, delivery_id).state, log(ctx, delivery_id)) == ("delivered", [(1, 200)])


def test_a_failure_is_tried_again_after_five_seconds_with_the_same_id_and_body(
    ctx: Context, endpoint: Any, event: Any, receiver: Any, plan: Any
) -> None:
    receiver.plans = [plan(500)]
    delivery_id = event()
    deliveries.attempt(ctx, delivery_id)
    waiting = row(ctx, delivery_id)
    assert (waiting.state, waiting.next_try_at) == ("pending", ctx.clock() + timedelta(seconds=5))
    assert deliveries.attempt(ctx, delivery_id) is None, "not before its time"
    ctx.clock.forward(seconds=5)
    deliveries.attempt(ctx, delivery_id)
    assert (row(ctx, delivery_id).state, log(ctx, delivery_id)) == (
        "delivered",
        [(1, 500), (2, 200)],
    )
    (first, body), (second, again) = receiver.requests
    assert (first["webhook-id"], body) == (second["webhook-id"], again)


def test_a_receiver_that_is_away_for_good_is_given_up_after_the_whole_table(
    ctx: Context, endpoint: Any, event: Any, receiver: Any, plan: Any
) -> None:
    receiver.plans = [plan(503) for _ in retries.DELAYS]
    delivery_id = event()
    for _ in retries.DELAYS:
        deliveries.attempt(ctx, delivery_id)
        ctx.clock.forward(days=1)
    assert (row(ctx, delivery_id).state, len(receiver.requests)) == ("failed", len(retries.DELAYS))
    assert deliveries.attempt(ctx, delivery_id) is None


def test_retry_after_is_honoured(
    ctx: Context, endpoint: Any, event: Any, receiver: Any, plan: Any
) -> None:
    receiver.plans = [plan(429, {"retry-after": "600"})]
    delivery_id = event()
    deliveries.attempt(ctx, delivery_id)
    assert row(ctx, delivery_id).next_try_at == ctx.clock() + timedelta(seconds=600)


def test_gone_switches_the_endpoint_off_and_nothing_more_is_sent(
    ctx: Context, endpoint: Any, event: Any, receiver: Any, plan: Any
) -> None:
    receiver.plans = [plan(410)]
    other = event()
    delivery_id = event()
    deliveries.attempt(ctx, delivery_id)
    with ctx.store.read() as session:
        switched = session.get_one(WebhookEndpointRow, endpoint.id)
    assert not switched.active
    assert "410" in switched.disabled_reason
    assert row(ctx, delivery_id).state == "failed"
    assert deliveries.attempt(ctx, other) is None
    assert row(ctx, other).state == "failed"
    assert len(receiver.requests) == 1


def test_a_redirect_is_logged_as_what_it_is(
    ctx: Context, endpoint: Any, event: Any, receiver: Any, plan: Any
) -> None:
    receiver.plans = [plan(301, {"location": "http://127.0.0.1:9/elsewhere"})]
    delivery_id = event()
    deliveries.attempt(ctx, delivery_id)
    with ctx.store.read() as session:
        course_id = session.get_one(WebhookEndpointRow, endpoint.id).course_id
        (view,) = webhooks.log(session, course_id)
    assert view.attempts[0].status == 301
    assert "redirects are not followed" in view.attempts[0].error
    assert view.state == "pending"


def test_a_private_address_is_refused_in_production(
    ctx: Context, endpoint: Any, event: Any, receiver: Any
) -> None:
    reply = deliveries.attempt(changed(ctx, webhook_allow_private=False), event())
    assert reply is not None
    assert "private network" in reply.error
    assert receiver.requests == []


def test_while_rotating_both_secrets_sign_and_after_a_week_the_new_one_alone(
    ctx: Context, endpoint: Any, event: Any, receiver: Any
) -> None:
    new = endpoints.rotate(ctx, None, endpoint.id)
    deliveries.attempt(ctx, event())
    headers, body = receiver.requests[0]
    assert Webhook(new.secret).verify(body, headers)
    assert Webhook(endpoint.secret).verify(body, headers)
    assert len(headers["webhook-signature"].split()) == 2
    ctx.clock.forward(days=8)
    deliveries.attempt(ctx, event())
    late, _ = receiver.requests[1]
    assert len(late["webhook-signature"].split()) == 1
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(body, headers | {"webhook-signature": "v1,AAAA"})


def test_a_lost_key_is_said_in_the_log_and_does_not_loop(
    ctx: Context, endpoint: Any, event: Any, receiver: Any
) -> None:
    delivery_id = event()
    other = changed(ctx, secret_key="another-key-of-the-tests-0123456789abcdef")
    reply = deliveries.attempt(other, delivery_id)
    assert reply is not None
    assert "XGRAD_SECRET_KEY" in reply.error
    assert log(ctx, delivery_id) == [(1, None)]
    assert receiver.requests == []


def test_after_the_servers_key_changed_a_rotation_is_enough(
    ctx: Context, endpoint: Any, event: Any, receiver: Any
) -> None:
    other = changed(ctx, secret_key="another-key-of-the-tests-0123456789abcdef")
    new = endpoints.rotate(other, None, endpoint.id)
    deliveries.attempt(other, event())
    headers, body = receiver.requests[0]
    assert Webhook(new.secret).verify(body, headers)
    assert len(headers["webhook-signature"].split()) == 1


def test_many_tasks_for_one_delivery_send_it_once(
    ctx: Context, endpoint: Any, event: Any, receiver: Any, plan: Any
) -> None:
    receiver.plans = [plan(200, wait_s=0.3)]
    delivery_id = event()
    threads = [
        threading.Thread(target=deliveries.attempt, args=(ctx, delivery_id)) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receiver.requests) == 1
    assert log(ctx, delivery_id) == [(1, 200)]


def test_a_try_whose_process_died_is_made_again_when_its_lease_is_over(
    ctx: Context, endpoint: Any, event: Any, receiver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery_id = event()

    def dying(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "send", dying)
        with pytest.raises(SystemExit):
            deliveries.attempt(ctx, delivery_id)
    assert deliveries.attempt(ctx, delivery_id) is None
    ctx.clock.forward(seconds=deliveries.LEASE.total_seconds())
    assert due.enqueue(ctx) == 1
    deliveries.attempt(ctx, delivery_id)
    assert log(ctx, delivery_id) == [(1, None), (2, 200)]


def test_a_receiver_that_gets_every_try_stopped_uses_up_the_same_table(
    ctx: Context, endpoint: Any, event: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(*_: object, **__: object) -> None:
        raise SystemExit

    monkeypatch.setattr(deliveries, "send", dying)
    delivery_id = event()
    for number, wait in enumerate(retries.DELAYS[1:], 1):
        with pytest.raises(SystemExit):
            deliveries.attempt(ctx, delivery_id)
        next_try = ctx.clock() + max(wait, deliveries.LEASE)
        assert (row(ctx, delivery_id).tries, row(ctx, delivery_id).next_try_at) == (
            number,
            next_try,
        )
        ctx.clock.now = next_try
    with pytest.raises(SystemExit):
        deliveries.attempt(ctx, delivery_id)
    ctx.clock.forward(seconds=deliveries.LEASE.total_seconds())
    assert due.enqueue(ctx) == 1
    assert deliveries.attempt(ctx, delivery_id) is None
    assert (row(ctx, delivery_id).state, row(ctx, delivery_id).next_try_at) == ("failed", None)
    assert len(log(ctx, delivery_id)) == len(retries.DELAYS)
    with ctx.store.read() as session:
        course_id = session.get_one(WebhookEndpointRow, endpoint.id).course_id
        (view,) = webhooks.log(session, course_id)
    assert {one.error for one in view.attempts} == {deliveries.UNENDED}
    ctx.clock.forward(days=30)
    assert due.enqueue(ctx) == 0


def test_only_what_is_due_is_enqueued(ctx: Context, endpoint: Any, event: Any, plan: Any) -> None:
    first, second = event(), event()
    deliveries.attempt(ctx, first)
    assert due.enqueue(ctx) == 1
    assert ctx.queue.sent == [("deliver", second)]


def test_what_waits_in_the_queue_is_not_sent_there_again_unless_it_was_lost(
    ctx: Context, endpoint: Any, event: Any, receiver: Any, plan: Any
) -> None:
    receiver.plans = [plan(500)]
    delivery_id = event()
    assert (due.enqueue(ctx), due.enqueue(ctx)) == (1, 0)
    ctx.clock.now += due.QUEUED
    assert due.enqueue(ctx) == 1, "the broker must have lost it"
    deliveries.attempt(ctx, delivery_id)
    ctx.clock.forward(seconds=5)
    assert due.enqueue(ctx) == 1, "its next try waits for nothing"


def test_what_the_broker_did_not_take_is_sent_in_the_next_round(
    ctx: Context, endpoint: Any, event: Any
) -> None:
    made = event()
    nowhere = dataclasses.replace(ctx, queue=CeleryQueue("redis://127.0.0.1:1/0"))
    assert due.enqueue(nowhere) == 0
    assert due.enqueue(ctx) == 1
    assert ctx.queue.of("deliver") == [made]


def test_an_endpoint_has_one_delivery_on_its_way_the_oldest_first(
    ctx: Context, classroom: Any, endpoint: Any, event: Any, receiver: Any, plan: Any
) -> None:
    first, second, third = event(), event(), event()
    assert due.enqueue(ctx) == 1
    assert due.enqueue(ctx) == 0, "it is on its way"
    receiver.plans = [plan(500)]
    deliveries.attempt(ctx, first)
    assert due.enqueue(ctx) == 1, "the next, while the first waits for its second try"
    deliveries.attempt(ctx, second)
    ctx.clock.forward(seconds=5)
    assert due.enqueue(ctx) == 1
    assert ctx.queue.of("deliver") == [first, second, third], "what was due earlier"
    deliveries.attempt(ctx, third)
    assert due.enqueue(ctx) == 1
    assert ctx.queue.of("deliver")[-1] == first


def test_a_try_that_died_holds_its_endpoint_as_long_as_its_lease(
    ctx: Context, endpoint: Any, event: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(*_: object, **__: object) -> None:
        raise SystemExit

    monkeypatch.setattr(deliveries, "send", dying)
    dead, other = event(), event()
    assert due.enqueue(ctx) == 1
    with pytest.raises(SystemExit):
        deliveries.attempt(ctx, dead)
    assert due.enqueue(ctx) == 0
    ctx.clock.now += deliveries.LEASE
    assert due.enqueue(ctx) == 1
    assert ctx.queue.of("deliver") == [dead, other]


def test_the_body_is_plain_json(ctx: Context, endpoint: Any, event: Any, receiver: Any) -> None:
    deliveries.attempt(ctx, event())
    body = receiver.requests[0][1]
    assert json.loads(body)["data"]["grade"]["student"] == "Žofie"
    assert "Žofie".encode() in body
