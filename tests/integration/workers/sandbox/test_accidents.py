"""Accidents of our own: no slot is lost by them, and the next run is done."""

import contextlib
import dataclasses
import errno
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rubrics.job import Job, Limits
from workers.sandbox import (
    Sandbox,
    SandboxBroken,
    SandboxConfig,
    SandboxRefused,
    cgroups,
    group,
    server,
)
from workers.sandbox.launch import Order
from workers.sandbox.pool import Pool
from workers.sandbox.servers import Kind

JOB = Job(files={"a.py": b"x = 7"}, entry="a.py", collect=("x",))


@pytest.fixture
def box() -> Iterator[Sandbox]:
    one = Sandbox(SandboxConfig(slots=1, waiting=1, preload=()))
    one.start()
    try:
        yield one
    finally:
        one.close()


def seven(box: Sandbox) -> bool:
    return box.run(JOB).values["x"].json_text == "7"


@pytest.mark.parametrize("accident", [ValueError, OSError])
def test_runs_that_break_in_the_worker_cost_no_slot(box, monkeypatch, accident):
    def broken(*_: object) -> None:
        raise accident("on purpose")

    with monkeypatch.context() as patch:
        patch.setattr(server, "Watch", broken)
        for _ in range(5):  # more often than there are slots
            with pytest.raises((accident, SandboxBroken)):
                box.run(JOB)
    assert seven(box)
    assert box._pool._running == 0


def test_a_keeper_that_stumbles_over_anything_is_replaced(box, monkeypatch):
    def stumbles(*_: object) -> None:
        raise ValueError("not enough values to unpack")

    pool = box._pool
    settle(pool)
    with monkeypatch.context() as patch:
        patch.setattr(Pool, "_add", stumbles)
        seven(box)
        pool._keeper.join(60)
    assert pool.broken
    assert seven(box)


def within(seconds: float, true: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.005)
    return true()


def settle(pool: Pool) -> None:
    """Until its keeper has nothing to do: in each of the three slots a child waits, or none is."""
    assert within(60, lambda: len(pool._waiting) + len(pool._free) == 3 and not pool._short())


def children_of(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_worker_out_of_open_files_says_so_and_goes_on_when_it_has_some(box):
    settle(box._pool)
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    zygote, walls = box._pool.zygote, box._pool._wanted.walls
    before, filled = children_of(zygote.pid), []
    try:
        most = max(int(one.name) for one in Path("/proc/self/fd").iterdir()) + 4
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, limits[1]))
        with contextlib.suppress(OSError):
            while True:
                filled.append(os.open("/dev/null", os.O_RDONLY))
        os.close(filled.pop())  # room for one of the four descriptors of a child
        with pytest.raises(SandboxBroken, match="ulimit -n"):
            zygote.spawn(0, walls)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        for file in filled:
            os.close(file)
    assert children_of(zygote.pid) == before
    assert seven(box)


def test_descriptors_beyond_a_thousand_are_none_too_many():
    files = [os.open("/dev/null", os.O_RDONLY) for _ in range(1100)]
    box = Sandbox(SandboxConfig(slots=1, waiting=1, preload=()))
    try:
        box.start()
        assert box._pool.zygote._wire.fileno() >= 1024
        assert seven(box)
    finally:
        box.close()
        for file in files:
            os.close(file)


UNTIL_TOLD = b"""
import signal, sys, time
signal.signal(signal.SIGUSR1, lambda *_: sys.exit())
time.sleep(300)
"""


def test_a_fork_server_that_breaks_while_another_retires_takes_none_of_its_slots():
    box = Sandbox(SandboxConfig(slots=2, waiting=1, preload=(), recycle_after=1))
    limits = Limits(wall_s=300)
    long = Job(files={"a.py": UNTIL_TOLD}, entry="a.py", collect=(), limits=limits)
    try:
        box.start()
        old = box._pool
        running = threading.Thread(target=box.run, args=(long,))
        running.start()
        assert within(60, lambda: old._running == 1)
        assert seven(box)
        assert within(60, lambda: box._pool is not old)
        os.kill(box._pool.zygote.pid, signal.SIGKILL)
        assert within(60, lambda: box._pool.broken)
        box._servers.first.config = dataclasses.replace(box.config, recycle_after=1000)
        assert seven(box)
        assert old._running == 1
        slots = {*box._pool._free, *(one.slot for one in box._pool._waiting)}
        assert slots <= set(range(4, 8))

        def over() -> bool:
            for pid in children_of(old.zygote.pid):
                os.kill(pid, signal.SIGUSR1)  # one that has no handler of it is not told
            running.join(0.1)
            return not running.is_alive()

        assert within(60, over)
    finally:
        box.close()


class Fading(Sandbox):
    """Its first fork server has every layer, later ones no Landlock, as on a machine gone awry."""

    def _order(self, groups: cgroups.Groups, kind: Kind) -> Order:
        without = () if kind == Kind() else ("landlock",)
        return Order(**{**super()._order(groups, kind).__dict__, "without": without})


def test_a_layer_that_stood_at_the_start_must_stand_in_every_later_child():
    box = Fading(SandboxConfig(slots=1, waiting=1, preload=()))
    try:
        assert "landlock" in box.start().layers
        assert seven(box)
        with pytest.raises(SandboxBroken, match="fewer layers"):
            box.run(JOB.model_copy(update={"preload": "plain"}))
    finally:
        box.close()


def test_a_machine_short_of_open_files_does_not_count_as_one_without_groups(monkeypatch):
    def full(*_: object) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(group, "_open", full)
    with pytest.raises(SandboxBroken, match="control groups"):
        cgroups.make(1)
    with pytest.raises(SandboxRefused, match="control groups"):
        Sandbox(SandboxConfig(slots=1, preload=())).start()
