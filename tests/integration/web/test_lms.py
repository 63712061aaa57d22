"""The LMS's door: signed or refused, once and not twice, and staff say who a stranger is."""

import base64
import json
import random
import re
import struct
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select
from standardwebhooks import Webhook

from grader.services import lms_event, lms_inbox, lms_sources, people, publish
from grader.store.models import InboundEventRow, LmsSourceRow, SubmissionRow
from grader.store.queries import inbox, submissions
from grader.store.vault import Vault
from rubrics.loader import LIBRARY

RIGHT = "[0.9673, 1.6824, 2.0190, 579.9380]"


@pytest.fixture
def source(ctx, classroom):
    # The library that verifies looks at the machine's own clock.
    ctx.clock.now = datetime.now(UTC)
    return lms_sources.add(ctx, classroom.course_id, "canvas")


@pytest.fixture
def send(app, source):
    """Send an event as the LMS does; what is meddled with after signing comes as keywords."""

    def post(user: str = "lms-77", event_id: str = "evt_1", **meddled):
        data = {
            "user": {"id": user, "name": "<b>Grace</b>", "email": "grace@example.org"},
            "assignment": meddled.get("assignment", "autograd/paper-1"),
            "answers": meddled.get("answers")
            or {"q1": {"kind": "tensor", "text": meddled.get("text", RIGHT)}},
        }
        body = json.dumps({"type": "submission.created", "timestamp": "2026", "data": data})
        now = datetime.now(UTC) + meddled.get("shift", timedelta())
        headers = {
            "webhook-id": event_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(source.secret).sign(event_id, now, body),
            "Content-Type": "application/json",
        }
        headers |= meddled.get("headers", {})
        path = meddled.get("path", "/lms/hooks/canvas")
        return app.test_client().post(path, data=meddled.get("body", body), headers=headers)

    return post


@pytest.fixture
def kept(ctx):
    def count() -> int:
        with ctx.store.read() as session:
            return session.scalar(select(func.count()).select_from(InboundEventRow)) or 0

    return count


def test_a_signed_event_is_kept_and_acted_on_later(ctx, send, kept) -> None:
    answer = send()
    assert (answer.status_code, answer.json["replay"]) == (202, False)
    assert kept() == 1
    assert len(ctx.queue.of("inbound")) == 1


def test_a_replay_is_thanked_and_changes_nothing(ctx, send, kept) -> None:
    send()
    answer = send()
    assert (answer.status_code, answer.json["replay"]) == (202, True)
    assert kept() == 1
    assert len(ctx.queue.of("inbound")) == 1


@pytest.mark.parametrize(
    "meddled",
    [
        {"body": b'{"type": "submission.created"}'},
        {"body": b"\xff\xfe\x00"},
        {"headers": {"webhook-signature": "v1,AAAA"}},
        {"headers": {"webhook-signature": "rubbish"}},
        {"headers": {"webhook-signature": ""}},
        {"headers": {"webhook-signature": "v1,\u00e9"}},
        {"headers": {"webhook-id": "evt_2"}},
        {"headers": {"webhook-timestamp": "yesterday"}},
        {"shift": timedelta(minutes=-6)},
        {"shift": timedelta(minutes=6)},
    ],
)
def test_what_is_not_signed_by_the_source_is_refused(send, kept, meddled) -> None:
    answer = send(**meddled)
    assert answer.status_code == 400
    assert answer.json["error"]["code"] == "signature_invalid"
    assert kept() == 0


@pytest.mark.parametrize("name", ["moodle", "..", "%00", "canvas/../canvas2", "a" * 500])
def test_an_unknown_source_is_404(send, kept, name) -> None:
    answer = send(path=f"/lms/hooks/{name}")
    assert answer.status_code == 404
    assert answer.json["error"]["code"] == "not_found"
    assert kept() == 0


def test_a_secret_that_we_lost_is_no_fault_of_the_lms(ctx, send, kept, source) -> None:
    with ctx.store.begin() as session:
        row = session.get_one(LmsSourceRow, source.id)
        row.secret = Vault("the key that was here before " * 2).seal(source.secret)
    answer = send()
    assert answer.status_code == 503, "so that it is sent again"
    assert answer.json["error"]["code"] == "unavailable"
    assert "rotated" in answer.json["error"]["faults"][0]["remedy"]
    assert kept() == 0


def test_more_than_twice_an_upload_is_refused(send, kept) -> None:
    answer = send(body=b"a" * (20 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert "limit of 20 MB" in answer.json["error"]["message"]
    assert kept() == 0


def photo(side: int) -> bytes:
    """A PNG of noise, which no compression makes smaller: 3 bytes for each of `side`² pixels."""
    rows = b"".join(b"\x00" + random.Random(row).randbytes(3 * side) for row in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def test_a_scan_that_the_portal_takes_comes_by_the_lms_too(
    ctx, send, kept, classroom, source
) -> None:
    publish.publish(ctx, classroom.course_id, LIBRARY / "numerics" / "stability")
    lms_sources.identify(ctx, None, source.id, "lms-77", classroom.student_id)
    large = photo(1600)
    assert len(large) > 7_000_000
    encoded = base64.b64encode(large).decode()
    scan = {"kind": "scan", "files": [{"name": "page.png", "content_base64": encoded}]}
    answer = send(assignment="numerics/stability", answers={"working": scan})
    assert (answer.status_code, kept()) == (202, 1)
    (inbound,) = ctx.queue.of("inbound")
    assert lms_inbox.act(ctx, inbound) == "acted"


def test_two_photos_of_one_name_are_both_handed_in(ctx, send, classroom, source) -> None:
    publish.publish(ctx, classroom.course_id, LIBRARY / "numerics" / "stability")
    lms_sources.identify(ctx, None, source.id, "lms-77", classroom.student_id)
    pages = [photo(8), photo(9)]
    files = [
        {"name": "image.png", "content_base64": base64.b64encode(one).decode()} for one in pages
    ]
    send(assignment="numerics/stability", answers={"working": {"kind": "scan", "files": files}})
    (inbound,) = ctx.queue.of("inbound")
    assert lms_inbox.act(ctx, inbound) == "acted"
    with ctx.store.read() as session:
        (handed_in,) = session.scalars(select(SubmissionRow.id))
        (answer,) = submissions.answers(session, handed_in)
    assert [ctx.artefacts.get(one.sha256) for one in answer.files] == pages
    assert [one["given"] for one in answer.data["pages"]] == ["image.png", "2-image.png"]


def test_two_scripts_of_one_name_are_refused_and_none_is_chosen(
    ctx, send, classroom, source
) -> None:
    lms_sources.identify(ctx, None, source.id, "lms-77", classroom.student_id)
    script = {"name": "a.py", "content_base64": base64.b64encode(b"x = 1").decode()}
    send(answers={"q1": {"kind": "code", "files": [script, script]}})
    (inbound,) = ctx.queue.of("inbound")
    assert lms_inbox.act(ctx, inbound) == "refused"
    with ctx.store.read() as session:
        (seen,) = inbox.parked(session, classroom.course_id)
    assert "q1: 2 files were sent, 1 asked for." in seen.note


def test_staff_say_who_a_stranger_is(ctx, send, enter, classroom) -> None:
    send()
    inbound = ctx.queue.of("inbound")[0]
    assert lms_inbox.act(ctx, inbound) == "parked"
    staff = enter(classroom.instructor_id)
    page = f"/teaching/courses/{classroom.course_id}/lms"
    text = staff.text(page)
    assert "&lt;b&gt;Grace" in text
    assert "Unknown person" in text
    nobody = staff.post(f"{page}/{inbound}", {"username": "nobody"}, form=page)
    assert nobody.status_code == 422
    assert "Nobody is called" in nobody.text
    assert staff.post(f"{page}/{inbound}", {"username": "ada"}, form=page).status_code == 303
    assert lms_inbox.act(ctx, inbound) == "acted"
    assert "Nothing waits." in staff.text(page)


@pytest.mark.parametrize("act", ["/again", "/aside", ""])
def test_a_second_click_is_answered_on_the_list_and_changes_nothing(
    ctx, send, enter, classroom, act
) -> None:
    send()
    inbound = ctx.queue.of("inbound")[0]
    lms_inbox.act(ctx, inbound)
    staff = enter(classroom.instructor_id)
    page = f"/teaching/courses/{classroom.course_id}/lms"
    form = {"username": "ada"}
    assert staff.post(f"{page}/{inbound}{act}", form, form=page).status_code == 303
    staff.text(page)
    before = len(ctx.queue.of("inbound"))
    twice = staff.post(f"{page}/{inbound}{act}", form, form="/")
    assert (twice.status_code, twice.location) == (303, page)
    assert "does not wait any more" in staff.text(page)
    assert len(ctx.queue.of("inbound")) == before


def test_someone_outside_the_course_is_refused_beside_the_field(
    ctx, send, enter, classroom
) -> None:
    send()
    inbound = ctx.queue.of("inbound")[0]
    lms_inbox.act(ctx, inbound)
    staff = enter(classroom.instructor_id)
    page = f"/teaching/courses/{classroom.course_id}/lms"
    answer = staff.post(f"{page}/{inbound}", {"username": "eve"}, form=page)
    assert answer.status_code == 403
    assert "not enrolled" in answer.text
    assert 'value="eve"' in answer.text


def test_a_student_adopts_nothing(ctx, send, enter, classroom) -> None:
    send()
    inbound = ctx.queue.of("inbound")[0]
    lms_inbox.act(ctx, inbound)
    page = f"/teaching/courses/{classroom.course_id}/lms/{inbound}"
    answer = enter(classroom.student_id).post(page, {"username": "ada"}, form="/")
    assert answer.status_code == 404


def test_an_event_of_another_course_is_not_there(ctx, send, enter, classroom) -> None:
    page = f"/teaching/courses/{classroom.course_id}/lms"
    unknown = f"{page}/0198f000-0000-7000-8000-000000000000"
    staff = enter(classroom.instructor_id)
    assert staff.post(unknown, {"username": "ada"}, form=page).status_code == 404


def test_what_an_event_lacks_is_said_and_it_is_tried_again(
    ctx, send, enter, classroom, source
) -> None:
    lms_sources.identify(ctx, None, source.id, "lms-77", classroom.student_id)
    lms_sources.identify(ctx, None, source.id, "lms-78", classroom.outsider_id)
    send(assignment="not/published-yet")
    send(user="lms-78", event_id="evt_2")
    for inbound in ctx.queue.of("inbound"):
        assert lms_inbox.act(ctx, inbound) == "parked"
    first = ctx.queue.of("inbound")[0]
    page = f"/teaching/courses/{classroom.course_id}/lms"
    staff = enter(classroom.grader_id)
    text = staff.text(page)
    assert "No such assignment" in text
    assert "not/published-yet" in text
    assert "Not in the course" in text
    assert "Unknown person" not in text
    assert "Username of the person" not in text
    people.enrol(ctx, classroom.course_id, classroom.outsider_id, "student")
    assert "Can be tried again" in staff.text(page)
    assert staff.post(f"{page}/{first}/again", form=page).status_code == 303
    assert ctx.queue.of("inbound")[-1] == first


def test_a_refused_event_is_tried_again_but_not_one_that_cannot_be_read(
    ctx, send, enter, classroom, source
) -> None:
    lms_sources.identify(ctx, None, source.id, "lms-77", classroom.student_id)
    send(text="not a number")
    refused = ctx.queue.of("inbound")[0]
    assert lms_inbox.act(ctx, refused) == "refused"
    page = f"/teaching/courses/{classroom.course_id}/lms"
    staff = enter(classroom.grader_id)
    assert f"{page}/{refused}/again" in staff.text(page)
    assert staff.post(f"{page}/{refused}/again", form=page).status_code == 303
    assert "Nothing waits." in staff.text(page)
    send(event_id="evt_3", user="")
    text = staff.text(page)
    assert "An event that cannot be read" in text
    assert "/again" not in text


def test_what_comes_to_nothing_is_set_aside_under_the_persons_name(
    ctx, send, enter, classroom, source
) -> None:
    lms_sources.identify(ctx, None, source.id, "lms-77", classroom.student_id)
    send(text="not a number")
    refused = ctx.queue.of("inbound")[0]
    assert lms_inbox.act(ctx, refused) == "refused"
    send(event_id="evt_3", user="")
    page = f"/teaching/courses/{classroom.course_id}/lms"
    staff = enter(classroom.grader_id)
    text = staff.text(page)
    assert "<h3>Ada" in text
    assert "<code>data.user.id</code> is empty" in text
    student = enter(classroom.student_id)
    assert student.post(f"{page}/{refused}/aside", form="/").status_code == 404
    for path in set(re.findall(rf"{page}/[^/]+/aside", text)):
        assert staff.post(path, form=page).status_code == 303
    assert "Nothing waits." in staff.text(page)
    assert staff.post(f"{page}/{refused}/aside", form="/").status_code == 303
    assert lms_inbox.act(ctx, refused) == "acted"
    with ctx.store.read() as session:
        assert session.scalar(select(func.count()).select_from(SubmissionRow)) == 0
    log = staff.text(f"/teaching/courses/{classroom.course_id}/audit")
    assert log.count("LMS event set aside") == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"assignment": 3, "answers": {}, "user": {"id": "u"}}, "`data.assignment` is not a text"),
        ({"assignment": "a", "answers": [], "user": {"id": "u"}}, "`data.answers` is not a JSON"),
        ({"assignment": "a", "answers": {}, "user": []}, "`data.user` is not a JSON object"),
        ({"assignment": "a" * 201, "answers": {}, "user": {"id": "u"}}, "at most 200 are taken"),
    ],
)
def test_a_wrong_shape_is_told_in_words(data, said) -> None:
    with pytest.raises(ValidationError) as refused:
        lms_event.read(json.dumps({"type": "submission.created", "data": data}).encode())
    assert said in lms_event.sentences(refused.value)


def test_a_student_tries_nothing_again(ctx, send, enter, classroom) -> None:
    send()
    inbound = ctx.queue.of("inbound")[0]
    lms_inbox.act(ctx, inbound)
    page = f"/teaching/courses/{classroom.course_id}/lms/{inbound}/again"
    assert enter(classroom.student_id).post(page, form="/").status_code == 404
    unknown = f"/teaching/courses/{classroom.course_id}/lms/{classroom.course_id}/again"
    assert enter(classroom.grader_id).post(unknown, form="/").status_code == 404
