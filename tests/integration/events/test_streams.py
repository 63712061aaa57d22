"""Live streams over a real broker and a real database."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
import requests

from grader.events import stream
from grader.services import grading
from rubrics.grade import Grade, QuestionGrade
from rubrics.outcome import Outcome

STREAMS = 100


@contextlib.contextmanager
def reading(url: str) -> Iterator[Callable[[], dict[str, Any]]]:
    """An open stream, and a function that gives its next state."""
    with requests.get(url, stream=True, timeout=60) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = response.iter_lines(chunk_size=1)

        def told() -> dict[str, Any]:
            for line in lines:
                if line.startswith(b"data:"):
                    return dict(json.loads(line.removeprefix(b"data:")))
            raise EOFError

        yield told


def wait_until_heard(site: Any) -> None:
    """Return once the process hears the broker's news."""
    until = time.monotonic() + 60
    while requests.get(f"{site.url}/healthz", timeout=30).status_code != 200:
        assert time.monotonic() < until
        time.sleep(0.05)


def graded(ctx: Any, grading_id: str) -> None:
    """Record a final grade, as a worker does."""
    work = grading.claim(ctx, grading_id)
    question = QuestionGrade(id="q1", score=4.0, max_score=4.0, outcome=Outcome.CORRECT)
    whole = Grade(
        assignment="autograd/paper-1",
        student=work.student,
        attempt=1,
        score=4.0,
        max_score=4.0,
        provisional=False,
        outcome=Outcome.CORRECT,
        questions=(question,),
    )
    assert grading.record(ctx, grading_id, whole, {})


def test_the_present_state_comes_at_once_and_the_stream_ends_with_a_final_one(
    site: Any, receipt: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only the news can tell, since the reader gives up long before another look.
    for state in ("queued", "running"):
        monkeypatch.setitem(stream.LOOK_AGAIN_S, state, 600.0)
    wait_until_heard(site)
    with reading(site.address(receipt.submission_id)) as told:
        assert told() == {"state": "queued", "queue_position": 1, "final": False}
        graded(site.ctx, receipt.grading_id)
        seen = [told()]
        while not seen[-1]["final"]:
            seen.append(told())
        assert seen[-1]["state"] == "graded"
        with pytest.raises(EOFError):
            told()


def test_a_lost_message_still_ends_in_the_final_state(
    site: Any, receipt: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(stream.LOOK_AGAIN_S, "queued", 0.3)
    monkeypatch.setitem(stream.LOOK_AGAIN_S, "running", 0.3)
    monkeypatch.setattr(type(site.ctx.events), "publish", lambda *_: None)
    with reading(site.address(receipt.submission_id)) as told:
        assert told()["state"] == "queued"
        graded(site.ctx, receipt.grading_id)
        states = [told()]
        while not states[-1]["final"]:
            states.append(told())
        assert states[-1]["state"] == "graded"


def test_a_forged_message_changes_nothing(site: Any, receipt: Any) -> None:
    with reading(site.address(receipt.submission_id)) as told:
        told()
        with redis.Redis.from_url(site.ctx.settings.redis_url) as client:
            for forged in (b"{}", b"not json", b'{"state": "graded", "final": true}'):
                client.publish(f"xgrad:submission:{receipt.submission_id}", forged)
            client.publish("xgrad:submission:someone-else", b"{}")
        graded(site.ctx, receipt.grading_id)
        assert told()["state"] in {"running", "graded"}


def test_a_finished_submission_is_told_once(site: Any, receipt: Any) -> None:
    graded(site.ctx, receipt.grading_id)
    with reading(site.address(receipt.submission_id)) as told:
        assert told() == {"state": "graded", "queue_position": None, "final": True}
        with pytest.raises(EOFError):
            told()


@pytest.mark.parametrize("ticket", ["", "?ticket=", "?ticket=nonsense"])
def test_without_a_ticket_nothing_is_told(site: Any, receipt: Any, ticket: str) -> None:
    reply = requests.get(f"{site.url}/submissions/{receipt.submission_id}{ticket}", timeout=30)
    assert reply.status_code == 401
    assert reply.json()["error"]["faults"][0]["field"] == "ticket"


def test_the_ticket_of_another_submission_opens_nothing(site: Any, receipt: Any) -> None:
    other = site.address("another-submission").split("?")[1]
    reply = requests.get(f"{site.url}/submissions/{receipt.submission_id}?{other}", timeout=30)
    assert reply.status_code == 401


def test_a_ticket_for_what_is_not_there_ends_without_an_error_page(site: Any) -> None:
    reply = requests.get(site.address("01900000-0000-7000-8000-000000000000"), timeout=30)
    assert reply.status_code == 404
    assert reply.json()["error"]["code"] == "not_found"


def test_only_the_portals_pages_may_read_it(site: Any, receipt: Any) -> None:
    graded(site.ctx, receipt.grading_id)
    address = site.address(receipt.submission_id)
    ours = requests.get(address, headers={"Origin": "https://grade.example.org"}, timeout=30)
    assert ours.headers["access-control-allow-origin"] == "https://grade.example.org"
    theirs = requests.get(address, headers={"Origin": "https://evil.example"}, timeout=30)
    assert "access-control-allow-origin" not in theirs.headers


def test_health_says_whether_the_broker_is_heard(site: Any) -> None:
    wait_until_heard(site)


def answer_times(site: Any) -> list[float]:
    times = []
    for _ in range(20):
        started = time.monotonic()
        assert requests.get(f"{site.url}/healthz", timeout=30).status_code == 200
        times.append(time.monotonic() - started)
    return times


def test_a_hundred_open_streams_slow_nothing_and_all_hear_the_end(site: Any, receipt: Any) -> None:
    address = site.address(receipt.submission_id)
    wait_until_heard(site)
    before = answer_times(site)
    ends: list[str] = []
    opened = threading.Barrier(STREAMS + 1)

    def listen() -> None:
        with reading(address) as told:
            state = told()
            opened.wait(60)
            while not state["final"]:
                state = told()
            ends.append(state["state"])

    threads = [threading.Thread(target=listen) for _ in range(STREAMS)]
    for thread in threads:
        thread.start()
    opened.wait(60)
    beside = answer_times(site)
    graded(site.ctx, receipt.grading_id)
    for thread in threads:
        thread.join(60)
    assert ends == ["graded"] * STREAMS
    assert min(beside) < 5 * min(before) + 0.2
