"""Events from an LMS: verified, kept once, acted on, and never lost; on both databases."""

import base64
import dataclasses
import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from standardwebhooks.webhooks import Webhook

from grader.domain.errors import (
    Conflict,
    Invalid,
    NotEnrolled,
    NotFound,
    SignatureInvalid,
    TooLarge,
    Unavailable,
)
from grader.domain.policy import Policy
from grader.services import lms_inbox, lms_sources, lms_tries, people, publish, sweep
from grader.store.artefacts import ArtefactBroken
from grader.store.models import InboundEventRow, LmsSourceRow, SubmissionRow
from grader.store.queries import inbox, submissions
from rubrics.loader import LIBRARY
from workers import lifecycle, tasks

PAPER = LIBRARY / "autograd" / "paper-1"


@pytest.fixture(autouse=True)
def real_time(clock):
    # The library compares with the machine's own clock.
    clock.now = datetime.now(UTC)


@pytest.fixture
def moodle(ctx, classroom):
    return lms_sources.add(ctx, classroom.course_id, "moodle")


def event(user="u1", assignment="autograd/paper-1", kind="submission.created", **answers):
    given = answers or {"q1": {"kind": "tensor", "text": "[1, 2, 3, 4]"}}
    data = {
        "user": {"id": user, "name": "A. Lovelace", "email": "ada@lms.example"},
        "assignment": assignment,
        "answers": given,
        "what else an LMS sends": [1, 2],
    }
    return json.dumps({"type": kind, "timestamp": "2026-11-02T12:00:00Z", "data": data}).encode()


def headers(secret, body, event_id="msg_1", at=None):
    at = at or datetime.now(UTC)
    return {
        "Webhook-Id": event_id,
        "Webhook-Timestamp": str(int(at.timestamp())),
        "Webhook-Signature": Webhook(secret).sign(event_id, at, body.decode()),
    }


def receive(ctx, source, body, event_id="msg_1", **how):
    return lms_inbox.receive(ctx, "moodle", headers(source.secret, body, event_id, **how), body)


def rows(ctx, table):
    with ctx.store.read() as session:
        return session.scalars(select(table)).all()


def test_a_known_persons_event_becomes_one_submission(ctx, classroom, moodle):
    lms_sources.identify(ctx, None, moodle.id, "u1", classroom.student_id)
    script = base64.b64encode(b"import torch\n").decode()
    answers = {"q1": {"kind": "code", "files": [{"name": "a.py", "content_base64": script}]}}
    assert receive(ctx, moodle, event(**answers))
    (inbound_id,) = ctx.queue.of("inbound")

    assert lms_inbox.act(ctx, inbound_id) == "acted"
    assert lms_inbox.act(ctx, inbound_id) == "acted"
    (submission,) = rows(ctx, SubmissionRow)
    assert (submission.person_id, submission.source) == (classroom.student_id, "lms")
    assert rows(ctx, InboundEventRow)[0].submission_id == submission.id
    with ctx.store.read() as session:
        answer = submissions.view(session, submission.id).answers[0]
    assert ctx.artefacts.get(answer.files[0].sha256) == b"import torch\n"


def test_a_replay_changes_nothing(ctx, moodle):
    assert receive(ctx, moodle, event())
    assert not receive(ctx, moodle, event())
    assert not receive(ctx, moodle, event("someone-else"))  # the same id, whatever it says
    assert receive(ctx, moodle, event(), event_id="msg_2")
    assert len(rows(ctx, InboundEventRow)) == len(ctx.queue.of("inbound")) == 2


def test_an_event_acted_on_twice_after_a_crash_is_one_submission(ctx, classroom, moodle):
    lms_sources.identify(ctx, None, moodle.id, "u1", classroom.student_id)
    receive(ctx, moodle, event())
    (inbound_id,) = ctx.queue.of("inbound")
    lms_inbox.act(ctx, inbound_id)
    with ctx.store.begin() as session:  # as if the worker had died before it noted the end
        session.get(InboundEventRow, inbound_id).state = "received"
    assert lms_inbox.act(ctx, inbound_id) == "acted"
    assert len(rows(ctx, SubmissionRow)) == 1


BODY = event()
GOOD = "whsec_" + base64.b64encode(b"k" * 32).decode()
OTHER = "whsec_" + base64.b64encode(b"o" * 32).decode()


def changed(**change):
    made = headers(GOOD, BODY)
    names = {"id": "Webhook-Id", "time": "Webhook-Timestamp", "signature": "Webhook-Signature"}
    for name, value in change.items():
        if value is None:
            del made[names[name]]
        else:
            made[names[name]] = value
    return made


FORGED = {
    "another secret": lambda: (headers(OTHER, BODY), BODY),
    "another body": lambda: (headers(GOOD, BODY), BODY + b" "),
    "another id": lambda: (changed(id="msg_2"), BODY),
    "no headers": lambda: ({}, BODY),
    "no id": lambda: (changed(id=None), BODY),
    "no time": lambda: (changed(time=None), BODY),
    "no signature": lambda: (changed(signature=None), BODY),
    "a signature without a comma": lambda: (changed(signature="v1"), BODY),
    "a signature with too many": lambda: (changed(signature="v1,a,b"), BODY),
    "a signature that is no base64": lambda: (changed(signature="v1,***é"), BODY),
    "a signature of another version": lambda: (changed(signature="v2,AAAA"), BODY),
    "an empty signature": lambda: (changed(signature="v1,"), BODY),
    "too old": lambda: (headers(GOOD, BODY, at=datetime.now(UTC) - timedelta(minutes=6)), BODY),
    "too early": lambda: (headers(GOOD, BODY, at=datetime.now(UTC) + timedelta(minutes=6)), BODY),
    "a time that is none": lambda: (changed(time="soon"), BODY),
    "a time beyond time": lambda: (changed(time="1e400"), BODY),
    "not a number": lambda: (changed(time="nan"), BODY),
    "not UTF-8": lambda: (headers(GOOD, BODY), b"\xff\xfe{}"),
    "surrogates": lambda: (changed(id="\udc80"), BODY),
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_not_signed_is_refused(ctx, moodle, forged):
    given, body = forged()
    with ctx.store.begin() as session:
        session.get(LmsSourceRow, moodle.id).secret = ctx.vault.seal(GOOD)
    with pytest.raises(SignatureInvalid) as refusal:
        lms_inbox.receive(ctx, "moodle", given, body)
    assert refusal.value.faults[0].remedy
    assert rows(ctx, InboundEventRow) == []


def test_both_keys_are_taken_while_rotating_then_the_new_one_alone(ctx, moodle, clock):
    newer = lms_sources.rotate(ctx, moodle.id)
    assert newer.secret != moodle.secret
    assert receive(ctx, moodle, event(), "msg_1")
    assert receive(ctx, newer, event(), "msg_2")
    clock.forward(days=8)
    with pytest.raises(SignatureInvalid):
        receive(ctx, moodle, event(), "msg_3")
    assert receive(ctx, newer, event(), "msg_4")


def test_after_the_servers_key_changed_a_rotation_is_enough(ctx, classroom, moodle):
    other = ctx.settings.model_copy(update={"secret_key": "another-key-of-the-tests-" + "x" * 20})
    changed = dataclasses.replace(ctx, settings=other)
    with pytest.raises(Unavailable) as refusal:
        receive(changed, moodle, event(), "msg_1")
    assert "rotated" in refusal.value.faults[0].remedy
    assert rows(ctx, InboundEventRow) == []
    newer = lms_sources.rotate(changed, moodle.id)
    assert receive(changed, newer, event(), "msg_1")
    with pytest.raises(SignatureInvalid):
        receive(changed, moodle, event(), "msg_2")


def test_secrets_are_not_readable_in_the_database(ctx, moodle):
    (row,) = rows(ctx, LmsSourceRow)
    assert moodle.secret not in row.secret
    assert ctx.vault.open(row.secret) == moodle.secret


def test_an_unknown_source_and_bodies_that_are_no_events(ctx, moodle):
    with pytest.raises(NotFound):
        lms_inbox.receive(ctx, "canvas", {}, b"{}")
    for body in (b"[]", b"nonsense", b'{"type": 3}', b"{}", b"[" * 100_000):
        with pytest.raises(Invalid):
            receive(ctx, moodle, body)
    with pytest.raises(TooLarge):
        lms_inbox.receive(ctx, "moodle", {}, b" " * (21 * 1024 * 1024))
    with pytest.raises(Invalid):
        receive(ctx, moodle, event(), event_id="m" * 300)


def test_events_of_other_types_are_kept_and_mean_nothing(ctx, moodle):
    assert receive(ctx, moodle, event(kind="course.updated"))
    assert ctx.queue.of("inbound") == []
    assert rows(ctx, InboundEventRow)[0].state == "acted"


def test_an_event_of_the_wrong_shape_is_kept_for_staff(ctx, classroom, moodle):
    body = json.dumps({"type": "submission.created", "data": {"user": {}}}).encode()
    assert receive(ctx, moodle, body)
    with ctx.store.read() as session:
        (seen,) = inbox.parked(session, classroom.course_id)
    assert seen.state == "refused"
    assert "`data.user.id` is missing" in seen.note
    assert "`data.assignment` is missing" in seen.note


def test_an_unknown_person_is_parked_and_adopted(ctx, classroom, moodle):
    receive(ctx, moodle, event(), "msg_1")
    receive(ctx, moodle, event(), "msg_2")
    for inbound_id in ctx.queue.of("inbound"):
        assert lms_inbox.act(ctx, inbound_id) == "parked"
    with ctx.store.read() as session:
        seen = inbox.parked(session, classroom.course_id)
    assert [(one.external_id, one.name, one.state) for one in seen] == [
        ("u1", "A. Lovelace", "parked")
    ] * 2
    assert "say who it is" in seen[0].note

    for stranger in (classroom.student_id, classroom.outsider_id):
        with pytest.raises(NotEnrolled):
            lms_inbox.adopt(ctx, stranger, seen[0].id, classroom.student_id)
    with pytest.raises(NotEnrolled, match="enrol them first"):
        lms_inbox.adopt(ctx, classroom.grader_id, seen[0].id, classroom.outsider_id)
    lms_inbox.adopt(ctx, classroom.grader_id, seen[0].id, classroom.student_id)
    again = ctx.queue.of("inbound")[2:]
    assert sorted(again) == sorted(one.id for one in seen)
    assert [lms_inbox.act(ctx, one) for one in again] == ["acted", "acted"]
    assert sorted(one.attempt for one in rows(ctx, SubmissionRow)) == [1, 2]
    with pytest.raises(Conflict):
        lms_inbox.adopt(ctx, classroom.grader_id, seen[0].id, classroom.student_id)


def test_a_stranger_to_the_course_is_parked_until_enrolled(ctx, classroom, moodle):
    lms_sources.identify(ctx, None, moodle.id, "u1", classroom.outsider_id)
    receive(ctx, moodle, event())
    (inbound_id,) = ctx.queue.of("inbound")
    assert lms_inbox.act(ctx, inbound_id) == "parked"
    people.enrol(ctx, classroom.course_id, classroom.outsider_id, "student")
    lms_inbox.retry(ctx, classroom.grader_id, inbound_id)
    assert lms_inbox.act(ctx, inbound_id) == "acted"
    with pytest.raises(Conflict):
        lms_inbox.retry(ctx, classroom.grader_id, inbound_id)


def test_an_unknown_assignment_is_parked(ctx, classroom, moodle):
    lms_sources.identify(ctx, None, moodle.id, "u1", classroom.student_id)
    receive(ctx, moodle, event(assignment="autograd/paper-2"))
    assert lms_inbox.act(ctx, ctx.queue.of("inbound")[0]) == "parked"
    assert "autograd/paper-2" in rows(ctx, InboundEventRow)[0].note


REFUSED = [
    ({"q1": {"kind": "tensor", "text": "[1, 2"}}, "q1"),
    ({"q7": {"kind": "tensor", "text": "1"}}, "q7"),
    ({"q1": {"kind": "code", "files": [{"name": "a.py", "content_base64": "*"}]}}, "base64"),
]


@pytest.mark.parametrize(("answers", "word"), REFUSED)
def test_a_malformed_answer_is_refused_with_the_reason(ctx, classroom, moodle, answers, word):
    lms_sources.identify(ctx, None, moodle.id, "u1", classroom.student_id)
    receive(ctx, moodle, event(**answers))
    assert lms_inbox.act(ctx, ctx.queue.of("inbound")[0]) == "refused"
    with ctx.store.read() as session:
        (seen,) = inbox.parked(session, classroom.course_id)
    assert word in seen.note


def test_what_arrived_in_time_counts_in_time(ctx, classroom, moodle, clock):
    lms_sources.identify(ctx, None, moodle.id, "u1", classroom.student_id)
    publish.publish(ctx, classroom.course_id, PAPER, Policy(closes_at=clock.now))
    receive(ctx, moodle, event())
    clock.forward(hours=3)
    assert lms_inbox.act(ctx, ctx.queue.of("inbound")[0]) == "acted"


def test_what_arrived_too_late_is_refused_and_shown(ctx, classroom, moodle, clock):
    lms_sources.identify(ctx, None, moodle.id, "u1", classroom.student_id)
    closes = clock.now - timedelta(seconds=1)
    publish.publish(ctx, classroom.course_id, PAPER, Policy(closes_at=closes))
    receive(ctx, moodle, event())
    assert lms_inbox.act(ctx, ctx.queue.of("inbound")[0]) == "refused"
    assert "closed" in rows(ctx, InboundEventRow)[0].note


@pytest.fixture
def broken(ctx, classroom, moodle):
    """The id of an event whose body our store of files lost."""
    lms_sources.identify(ctx, None, moodle.id, "u1", classroom.student_id)
    receive(ctx, moodle, event())
    (kept,) = rows(ctx, InboundEventRow)
    with ctx.store.begin() as session:
        session.get_one(InboundEventRow, kept.id).body_sha256 = "0" * 64
    return kept.id


def shown(ctx, classroom):
    with ctx.store.read() as session:
        return inbox.parked(session, classroom.course_id)


def test_what_breaks_by_our_fault_is_tried_a_number_of_times_then_shown(
    ctx, classroom, broken, monkeypatch
):
    monkeypatch.setattr(lifecycle, "context", lambda: ctx)
    for _ in range(lms_tries.MAX_TRIES):
        assert shown(ctx, classroom) == ()
        ctx.clock.forward(minutes=4)
        assert sweep.sweep(ctx, timedelta(minutes=3)) == 1
        tasks.inbound(ctx.queue.of("inbound")[-1])
    (seen,) = shown(ctx, classroom)
    assert seen.state == "refused"
    assert f"broke {lms_tries.MAX_TRIES} times by a fault of ours" in seen.note
    assert "0" * 64 in seen.note, "the reason"
    ctx.clock.forward(days=1)
    assert sweep.sweep(ctx, timedelta(minutes=3)) == 0


def test_a_try_that_kills_its_process_counts_too(ctx, classroom, broken):
    for _ in range(lms_tries.MAX_TRIES):
        assert lms_tries.claim(ctx, broken).state == "received"
    assert lms_inbox.act(ctx, broken) == "refused"
    assert "never came to an end" in shown(ctx, classroom)[0].note


def test_once_the_fault_is_mended_staff_have_it_tried_again(ctx, classroom, broken):
    for _ in range(lms_tries.MAX_TRIES):
        with pytest.raises(ArtefactBroken):
            lms_inbox.act(ctx, broken)
        lms_tries.release(ctx, broken, "the disk is full")
    with ctx.store.begin() as session:
        session.get_one(InboundEventRow, broken).body_sha256 = ctx.artefacts.put(event())
    lms_inbox.retry(ctx, classroom.grader_id, broken)
    assert lms_inbox.act(ctx, broken) == "acted"
    assert shown(ctx, classroom) == ()
    assert len(rows(ctx, SubmissionRow)) == 1
