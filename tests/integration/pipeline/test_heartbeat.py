"""A worker whose sandbox no longer holds leaves, and `/readyz` says why."""

import dataclasses
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from grader.bootstrap import Context
from grader.web import create_app
from workers import heartbeat
from workers.engine import Engine
from workers.heartbeat import PREFIX, Heartbeat
from workers.sandbox import Attestation, Sandbox, SandboxConfig, SandboxRefused, cgroups
from workers.sandbox.launch import Order
from workers.sandbox.servers import Kind


class Leaking(Sandbox):
    """Its system calls are not filtered, and nobody looked at the start."""

    started = False

    def _order(self, groups: cgroups.Groups, kind: Kind) -> Order:
        return dataclasses.replace(super()._order(groups, kind), without=("seccomp",))

    def _lacking(self, layers: tuple[str, ...]) -> tuple[str, ...]:
        return ()

    def canaries(self) -> None:
        if self.started:
            super().canaries()
        self.started = True


class Held(Sandbox):
    """Its canaries wait for a slot for as long as the test likes."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.free = threading.Event(), threading.Event()

    def canaries(self) -> None:
        self.asked.set()
        self.free.wait(120)
        raise SandboxRefused("It is over.", "None.")


@pytest.fixture(autouse=True)
def terminated(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Set by the signal that ends a worker; everything happens in tenths of a second."""
    monkeypatch.setattr(heartbeat, "EVERY_S", 0.1)
    monkeypatch.setattr(heartbeat, "CANARIES_EVERY_S", 0.3)
    told = threading.Event()
    before = signal.signal(signal.SIGTERM, lambda *_: told.set())
    yield told
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """One kind of database will do: it is only asked whether it answers."""
    shutil.copyfile(sqlite_template, tmp_path / "xgrad.db")
    return f"sqlite:///{tmp_path / 'xgrad.db'}"


def worker_part(ctx: Context) -> dict[str, object]:
    parts = create_app(ctx).test_client().get("/readyz").json["parts"]
    (found,) = (one for one in parts if one["name"].startswith("worker"))
    return found


def within(seconds: float, true: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def test_a_canary_that_gets_out_ends_the_worker_and_the_reason_stays(live_ctx, terminated):
    box = Leaking(SandboxConfig(slots=1, preload=()))
    beat = Heartbeat(live_ctx, "w@here", Engine(box, None, box.start()))
    try:
        beat.start()
        assert terminated.wait(90)
    finally:
        beat.close()
        box.close()
    part = worker_part(live_ctx)
    assert not part["ok"]
    assert "no longer holds" in part["reason"]
    assert "programs of its own" in part["reason"]


def test_canaries_that_wait_for_a_slot_hold_up_no_sign_of_life(live_ctx, terminated):
    held = Held()
    beat = Heartbeat(live_ctx, "w@here", Engine(held, None, Attestation((), "none", 0)))
    with redis.Redis.from_url(live_ctx.settings.redis_url) as client:
        try:
            beat.start()
            assert held.asked.wait(60)
            for _ in range(3):
                client.delete(PREFIX + "w@here")
                assert within(30, lambda: bool(client.exists(PREFIX + "w@here")))
        finally:
            held.free.set()
            assert terminated.wait(60)
            beat.close()


def test_a_worker_that_ends_as_it_should_takes_its_sign_away(live_ctx):
    beat = Heartbeat(live_ctx, "w@here")
    beat.start()
    assert within(60, lambda: worker_part(live_ctx)["ok"])
    beat.close()
    assert "No grading worker has sent" in worker_part(live_ctx)["reason"]
