"""A delivery that was given up is sent again when staff ask: same message, and its log is kept."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from grader.bootstrap import Context
from grader.domain.errors import Conflict, NotEnrolled, NotFound
from grader.outbound import deliveries, retries
from grader.services import endpoints, outbox, redeliver
from grader.store.models import DeliveryRow, OutboxRow
from grader.store.queries import webhooks
from grader.store.queries.webhooks import DeliveryView

PAYLOAD = {"submission_id": "s-1", "revision": 2, "student": {"username": "ada"}}


@pytest.fixture
def ctx(ctx: Context) -> Context:
    """This machine may be sent to; the clock starts now, for the signatures."""
    ctx.clock.now = datetime.now(UTC)
    allowed = ctx.settings.model_copy(update={"webhook_allow_private": True})
    return dataclasses.replace(ctx, settings=allowed)


@pytest.fixture
def given_up(ctx: Context, classroom: Any, receiver: Any, plan: Any) -> str:
    """The id of a delivery whose receiver was away for the whole table."""
    endpoints.add(ctx, None, classroom.course_id, receiver.url)
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
    fail(ctx, delivery_id, receiver, plan)
    return delivery_id


def fail(ctx: Context, delivery_id: str, receiver: Any, plan: Callable[..., Any]) -> None:
    receiver.plans = [plan(503) for _ in retries.DELAYS]
    for _ in retries.DELAYS:
        deliveries.attempt(ctx, delivery_id)
        ctx.clock.forward(days=1, hours=5)


def shown(ctx: Context, classroom: Any) -> DeliveryView:
    with ctx.store.read() as session:
        (view,) = webhooks.log(session, classroom.course_id)
    return view


def test_it_arrives_with_its_first_id_and_every_try_stays_in_the_log(
    ctx: Context, classroom: Any, given_up: str, receiver: Any, plan: Any
) -> None:
    for _ in range(2):  # twice, since the log of the first round is moved only once by one
        assert shown(ctx, classroom).state == "failed"
        redeliver.again(ctx, classroom.instructor_id, given_up)
        fail(ctx, given_up, receiver, plan)
    redeliver.again(ctx, classroom.instructor_id, given_up)
    deliveries.attempt(ctx, given_up)
    view = shown(ctx, classroom)
    rounds = 3 * len(retries.DELAYS)
    assert (view.state, view.student, view.submission_id) == ("delivered", "ada", "s-1")
    assert [one.status for one in view.attempts] == [503] * rounds + [200]
    assert view.attempts == tuple(sorted(view.attempts, key=lambda one: one.at))
    assert len({headers["webhook-id"] for headers, _ in receiver.requests}) == 1


def test_only_what_was_given_up_is_sent_again_and_only_by_instructors(
    ctx: Context, classroom: Any, given_up: str
) -> None:
    with pytest.raises(NotFound):
        redeliver.again(ctx, classroom.instructor_id, "nothing")
    with pytest.raises(NotEnrolled):
        redeliver.again(ctx, classroom.grader_id, given_up)
    redeliver.again(ctx, classroom.instructor_id, given_up)
    with pytest.raises(Conflict, match="not given up"):
        redeliver.again(ctx, classroom.instructor_id, given_up)


def test_an_endpoint_that_is_off_is_sent_nothing(
    ctx: Context, classroom: Any, given_up: str
) -> None:
    with ctx.store.read() as session:
        endpoint_id = session.get_one(DeliveryRow, given_up).endpoint_id
    endpoints.remove(ctx, None, endpoint_id)
    with pytest.raises(Conflict, match="off"):
        redeliver.again(ctx, classroom.instructor_id, given_up)
    assert shown(ctx, classroom).state == "failed"
