"""The broker goes away and comes back: workers take up work again, nothing is lost."""

import dataclasses
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import redis

from grader.bootstrap import Context
from grader.live import RedisEvents
from grader.outbound.queue import CeleryQueue
from grader.services import sweep
from grader.store.queries import submissions
from rubrics.answers import RawAnswer
from workers.heartbeat import PREFIX
from xgrad import services
from xgrad.embedded import ports, valkey
from xgrad.processes import Processes

SLOW = RawAnswer(kind="code", files={"slow.py": b"import time\ntime.sleep(60)\n"})
"""Stopped at the limit of its question, ten seconds."""


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One kind of database will do here."""
    path = tmp_path / "xgrad.db"
    shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


def wait(until: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        time.sleep(0.2)
    return until()


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "in the middle"])
def test_after_a_reset_of_the_broker_work_is_taken_again(
    ctx: Context, submit: Any, sample_answers: dict[str, RawAnswer], tmp_path: Path, busy: bool
) -> None:
    ctx.clock.now = datetime.now(UTC)
    port = ports.free_port()
    url = f"redis://127.0.0.1:{port}/0"
    settings = ctx.settings.model_copy(update={"broker_url": url, "redis_url": url})
    live = dataclasses.replace(
        ctx,
        settings=settings,
        queue=CeleryQueue(url),
        events=RedisEvents(url),
        clock=lambda: datetime.now(UTC),
    )
    environment = dict(os.environ) | {
        "XGRAD_MODE": "test",
        "DATABASE_URL": settings.database_url,
        "BROKER_URL": url,
        "XGRAD_ARTEFACTS_URL": settings.artefacts_url,
        "XGRAD_CACHE_DIR": str(settings.cache_dir),
    }

    def graded(submission_id: str) -> bool:
        with ctx.store.read() as session:
            return submissions.view(session, submission_id).grade is not None

    def running(submission_id: str) -> bool:
        with ctx.store.read() as session:
            return submissions.view(session, submission_id).state == "running"

    def broker() -> "subprocess.Popen[bytes]":
        started = subprocess.Popen(
            valkey.command(port, tmp_path / "data"), stdout=subprocess.DEVNULL
        )
        assert wait(lambda: valkey.answers(port), 60)
        return started

    def acknowledged(submission_id: str) -> bool:
        with redis.Redis.from_url(url) as client:
            return graded(submission_id) and not client.hlen("unacked")

    with Processes(tmp_path / "log", environment) as worker:
        first = broker()
        worker.start("worker", services.WORKER.command)
        with redis.Redis.from_url(url) as client:
            worker.wait_for(lambda: bool(client.keys(PREFIX + "*")), "The worker", 90)
        before = submit(SLOW if busy else sample_answers["right-numbers"])
        live.queue.enqueue_grading(before.grading_id)
        begun = running if busy else acknowledged
        assert wait(lambda: begun(before.submission_id), 60)

        first.kill()
        first.wait()
        away = submit(sample_answers["right-numbers"])
        log = tmp_path / "log" / "worker.log"
        assert wait(lambda: "Cannot connect to" in log.read_text(), 60), "it noticed"
        second = broker()
        after = submit(sample_answers["right-numbers"])
        live.queue.enqueue_grading(after.grading_id)
        assert wait(lambda: graded(after.submission_id), 60)
        assert wait(lambda: graded(before.submission_id), 60)
        assert not graded(away.submission_id), "nobody could be told of it"
        assert sweep.sweep(live, timedelta(0)) >= 1
        assert wait(lambda: graded(away.submission_id), 60)
        worker.check()
        second.terminate()
        second.wait()
