"""From a recorded grade to deliveries, and the endpoints they go to."""

import pytest
from sqlalchemy import func, select

from grader.domain.errors import Conflict, Invalid, NotEnrolled, NotFound
from grader.outbound import due
from grader.services import endpoints, outbox, sweep
from grader.settings import Settings
from grader.store.models import DeliveryRow, OutboxRow, WebhookEndpointRow
from grader.store.queries import audit, webhooks

URL = "https://lms.example.org/hooks"


@pytest.fixture
def endpoint(ctx, classroom):
    return endpoints.add(ctx, classroom.instructor_id, classroom.course_id, URL)


def test_each_event_goes_to_each_active_endpoint_once(ctx, classroom, endpoint, hand_in, graded):
    second = endpoints.add(ctx, None, classroom.course_id, URL + "/2")
    removed = endpoints.add(ctx, None, classroom.course_id, URL + "/3")
    endpoints.remove(ctx, classroom.instructor_id, removed.id)
    graded(hand_in())

    made = outbox.dispatch(ctx)
    assert len(made) == 2
    assert outbox.dispatch(ctx) == []
    assert due.enqueue(ctx) == 2
    assert sorted(ctx.queue.of("deliver")) == sorted(made)
    with ctx.store.read() as session:
        log = webhooks.log(session, classroom.course_id)
        assert webhooks.log(session, "another course") == ()
    assert {one.url for one in log} == {URL, URL + "/2"}
    assert {(one.event, one.state, one.tries) for one in log} == {("grade.recorded", "pending", 0)}
    assert second.secret != endpoint.secret


def test_a_second_dispatch_after_a_crash_doubles_nothing(ctx, endpoint, hand_in, graded):
    graded(hand_in())
    outbox.dispatch(ctx)
    from sqlalchemy.exc import IntegrityError

    with ctx.store.begin() as session:
        session.scalars(select(OutboxRow)).one().dispatched_at = None
    with pytest.raises(IntegrityError):
        outbox.dispatch(ctx)
    with ctx.store.read() as session:
        assert session.scalar(select(func.count()).select_from(DeliveryRow)) == 1


def test_without_endpoints_an_event_is_done(ctx, hand_in, graded):
    graded(hand_in())
    assert outbox.dispatch(ctx) == []
    with ctx.store.read() as session:
        assert session.scalars(select(OutboxRow)).one().dispatched_at is not None


BAD_URLS = [
    "",
    "nonsense",
    "ftp://lms.example.org",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "https://",
    "https://user:password@lms.example.org/",
    "https://lms.example.org/a b",
    "https://lms.example.org:99999/",
    "https://[::1/",
    "https://lms.example.org/\n",
    "https://lms.example.org/é",
    "https://lms.example.org/" + "a" * 2000,
]


@pytest.mark.parametrize("url", BAD_URLS)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_no_address_is_refused(ctx, classroom, url):
    with pytest.raises(Invalid) as refusal:
        endpoints.add(ctx, classroom.instructor_id, classroom.course_id, url)
    assert refusal.value.faults[0].field == "url"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_production_sends_over_tls_only(ctx, classroom):
    from dataclasses import replace

    strict = replace(ctx, settings=Settings(mode="production", secret_key="k" * 40))
    with pytest.raises(Invalid):
        endpoints.add(strict, None, classroom.course_id, "http://lms.example.org/")
    assert endpoints.add(ctx, None, classroom.course_id, "http://lms.example.org/")


def test_an_endpoint_is_added_once_rotated_and_taken_up_again(ctx, classroom, endpoint, clock):
    with pytest.raises(Conflict):
        endpoints.add(ctx, None, classroom.course_id, URL)
    rotated = endpoints.rotate(ctx, classroom.instructor_id, endpoint.id)
    assert rotated.secret not in (endpoint.secret, "")
    with ctx.store.read() as session:
        row = session.get(WebhookEndpointRow, endpoint.id)
        assert webhooks.endpoints(session, classroom.course_id)[0].rotating
    assert ctx.vault.open(row.secret) == rotated.secret
    assert ctx.vault.open(row.old_secret) == endpoint.secret
    assert endpoint.secret not in row.secret

    clock.forward(days=8)
    from datetime import timedelta

    sweep.sweep(ctx, timedelta(minutes=3))
    with ctx.store.read() as session:
        assert not webhooks.endpoints(session, classroom.course_id)[0].rotating

    endpoints.disable(ctx, endpoint.id, "It answered 410 Gone.")
    endpoints.disable(ctx, endpoint.id, "Again.")
    with ctx.store.read() as session:
        (seen,) = webhooks.endpoints(session, classroom.course_id)
        acts = [one.action for one in audit.log(session, classroom.course_id)][:3]
    assert (seen.active, seen.disabled_reason) == (False, "It answered 410 Gone.")
    assert acts == ["endpoint.disabled", "endpoint.rotated", "endpoint.added"]
    again = endpoints.add(ctx, None, classroom.course_id, URL)
    assert again.id == endpoint.id
    assert again.secret != rotated.secret


def test_an_endpoint_is_removed_once_and_the_audit_log_says_it_once(ctx, classroom, endpoint):
    endpoints.disable(ctx, endpoint.id, "It answered 410 Gone.")
    endpoints.remove(ctx, classroom.instructor_id, endpoint.id)  # off is not removed
    for touch in (endpoints.remove, endpoints.rotate):
        with pytest.raises(Conflict, match="removed before"):
            touch(ctx, classroom.instructor_id, endpoint.id)
    with ctx.store.read() as session:
        (seen,) = webhooks.endpoints(session, classroom.course_id)
        acts = [one.action for one in audit.log(session, classroom.course_id)]
    assert (seen.active, seen.disabled_reason) == (False, "It was removed.")
    assert acts.count("endpoint.removed") == 1


def test_only_instructors_touch_endpoints(ctx, classroom, endpoint):
    for actor in (classroom.grader_id, classroom.student_id, classroom.outsider_id):
        with pytest.raises(NotEnrolled):
            endpoints.add(ctx, actor, classroom.course_id, URL + "/x")
        with pytest.raises(NotEnrolled):
            endpoints.rotate(ctx, actor, endpoint.id)
        with pytest.raises(NotEnrolled):
            endpoints.remove(ctx, actor, endpoint.id)
    with pytest.raises(NotFound):
        endpoints.remove(ctx, None, "nope")
    with pytest.raises(NotFound):
        endpoints.add(ctx, None, "nope", URL)
