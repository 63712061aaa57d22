"""Starting, ending, breaking, and being used by many threads at once."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import workers
from rubrics.job import Job, Limits
from rubrics.outcome import Outcome
from workers.sandbox import (
    Sandbox,
    SandboxBroken,
    SandboxConfig,
    SandboxRefused,
    cgroups,
    config,
    packages,
)
from workers.sandbox.launch import Order, Zygote, student_order
from workers.sandbox.pool import walls_of
from workers.sandbox.servers import Kind

SCRIPT = Job(files={"a.py": b"import torch\nx = 1"}, entry="a.py", collect=("x",))


def fast(**more) -> Sandbox:
    """Without torch: starts in a fraction of a second."""
    return Sandbox(SandboxConfig(slots=2, preload=(), **more))


def plain(script: str, **limits) -> Job:
    limits = Limits(**limits)
    return Job(files={"a.py": script.encode()}, entry="a.py", collect=("x",), limits=limits)


def within(seconds: float, true: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def groups_of(pid: int) -> set[str]:
    """Those of all controllers. Others come and go meanwhile, which `rglob` does not bear."""
    return {folder for folder, _, _ in os.walk("/sys/fs/cgroup") if f"/xgrad-{pid}-" in folder}


def test_start_attests_every_layer_of_the_floor():
    box = fast()
    try:
        attested = box.start()
        assert config.missing(frozenset(attested.layers), "floor") == ()
    finally:
        box.close()


def test_the_next_child_finds_no_word_in_its_open_files():
    script = "import fcntl, os\nx = fcntl.fcntl(0, fcntl.F_GETFL)\n"
    box = fast()
    try:
        box.start()
        first, second = (
            box.run(plain(f"{script}fcntl.fcntl(0, fcntl.F_SETFL, os.O_APPEND)")) for _ in "ab"
        )
        assert first.values["x"] == second.values["x"]
    finally:
        box.close()


def test_files_that_only_just_fit_are_put_into_the_box_or_refused():
    small = {f"f{at}.py": b"#" for at in range(251)}
    box = fast()
    try:
        box.start()
        for size in (40, 780, 900, 1600):
            files = {**small, "a.py": b"x = 1\n" + b"#" * (size << 10)}
            job = Job(files=files, entry="a.py", collect=("x",), limits=Limits(box_mb=2))
            run = box.run(job)
            assert run.ended in (None, Outcome.MALFORMED), run.explanation
    finally:
        box.close()


BULLY = """
import os, time
while True:
    try:
        if os.fork() == 0:
            break
    except OSError:
        break
while True:
    pass
"""
HONEST = """
import time
while time.process_time() < 1:
    pass
x = 1
"""


def test_a_script_of_many_processes_does_not_make_its_neighbour_late():
    box = fast()
    try:
        box.start()
        bully = threading.Thread(
            target=box.run, args=(plain(BULLY, wall_s=9, cpu_s=60, processes=16, threads=1),)
        )
        bully.start()
        time.sleep(0.5)
        run = box.run(plain(HONEST, wall_s=8, cpu_s=8))
        bully.join()
        assert run.ended is None, run.explanation
    finally:
        box.close()


def test_nothing_is_left_after_close(gone):
    before = groups_of(os.getpid())
    box = fast()
    box.start()
    zygote = box._pool.zygote.pid
    box.run(plain("x = 1"))
    box.close()
    assert groups_of(os.getpid()) <= before
    assert gone(zygote)


def test_a_closed_sandbox_says_so():
    with pytest.raises(SandboxBroken):
        fast().run(plain("x = 1"))


def test_a_killed_fork_server_is_replaced_and_the_run_done():
    box = fast()
    try:
        box.start()
        os.kill(box._pool.zygote.pid, signal.SIGKILL)
        time.sleep(0.2)
        assert box.run(plain("x = 7")).values["x"].json_text == "7"
    finally:
        box.close()


def test_a_run_whose_fork_server_dies_is_done_again():
    box = fast()
    try:
        box.start()
        killer = threading.Timer(0.3, box._pool.zygote._process.kill)
        killer.start()
        done = box.run(plain("import time\ntime.sleep(1)\nx = 7"))
        killer.join()
        assert done.values["x"].json_text == "7"
    finally:
        box.close()


KILLED = """
import os, signal
from workers.sandbox import Sandbox, SandboxConfig
box = Sandbox(SandboxConfig(slots=2, preload=()))
box.start()
print(os.getpid(), box._pool.zygote.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_waiting_children_die_with_the_worker(gone):
    code = Path(workers.__file__).parent.parent
    worker = [sys.executable, "-c", KILLED]
    done = subprocess.run(worker, cwd=code, stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    pid, zygote = map(int, done.stdout.split())
    assert gone(zygote)

    def cleared() -> bool:
        cgroups.make(1).remove()  # takes away what a killed worker left, when nobody is in it
        return not groups_of(pid)

    assert within(30, cleared)


def spawn_for_ever(zygote: Zygote) -> None:
    while True:
        child = zygote.spawn(0, walls_of(Limits()))
        child.kill()
        try:
            zygote.reap(child.pid)
        finally:
            child.close()


def test_children_die_with_a_fork_server_killed_while_it_makes_them():
    for wait in range(8):
        groups = cgroups.make(2)
        zygote = Zygote(student_order((), groups.joins))
        threading.Timer(0.002 * wait, os.kill, (zygote.pid, signal.SIGKILL)).start()
        with pytest.raises(SandboxBroken):
            spawn_for_ever(zygote)
        zygote.close()
        folders = list(groups.folders)
        groups.remove()  # a group with a process left in it cannot be removed
        assert not [one for one in folders if one.exists()]


def test_many_threads_with_different_limits_share_one_sandbox():
    box = fast(recycle_after=20)
    wrong: list[object] = []

    def work(number: int) -> None:
        for turn in range(12):
            done = box.run(plain(f"x = {number} * {turn}", memory_mb=64 + number))
            if done.ended is not None or done.values["x"].json_text != str(number * turn):
                wrong.append(done)

    try:
        box.start()
        threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        box.close()
    assert wrong == []


def test_no_run_waits_while_limits_change_from_one_to_the_next():
    """It took 30 s now and then: the keeper filled the last slot, and looked no further."""
    box, dice, longest = fast(), random.Random(1), 0.0
    try:
        box.start()
        for _ in range(80):
            started = time.monotonic()
            script = dice.choice(["x = 1", "import os; os._exit(3)"])
            box.run(plain(script, memory_mb=64 + dice.randrange(4)))
            longest = max(longest, time.monotonic() - started)
            time.sleep(dice.choice([0, 0.005, 0.012, 0.02, 0.03, 0.05]))
    finally:
        box.close()
    assert longest < 20


def test_the_fork_server_is_recycled_and_nobody_notices():
    box = fast(recycle_after=5)
    try:
        box.start()
        seen = {box._pool.zygote.pid}

        def renewed() -> bool:
            turn = time.monotonic_ns()
            assert box.run(plain(f"x = {turn}")).values["x"].json_text == str(turn)
            seen.add(box._pool.zygote.pid)
            return len(seen) == 4

        assert within(90, renewed)
    finally:
        box.close()


class Weakened(Sandbox):
    """A sandbox whose children lack layers: the service must refuse it."""

    without: tuple[str, ...] = ()

    def _order(self, groups: cgroups.Groups, kind: Kind) -> Order:
        order = student_order(self.config.preload, groups.joins)
        return Order(**{**order.__dict__, "without": self.without})


@pytest.mark.parametrize(
    ("without", "named"),
    [
        (("seccomp",), "seccomp"),
        (("rlimits",), "rlimits"),
        (("capabilities",), "capabilities"),
        (("network",), "net-namespace"),
        (("environment",), "environment"),
        (("root", "landlock"), "root or landlock"),
    ],
)
def test_below_the_floor_it_refuses_and_names_the_layer(without, named):
    box = Weakened(SandboxConfig(slots=1, preload=()))
    box.without = without
    with pytest.raises(SandboxRefused) as refused:
        box.start()
    assert named in refused.value.reason
    assert "doctor" in refused.value.remedy


def test_without_landlock_the_floor_stands():
    box = Weakened(SandboxConfig(slots=1, preload=()))
    box.without = ("landlock",)
    try:
        assert "landlock" not in box.start().layers
    finally:
        box.close()


def test_without_landlock_the_full_level_is_refused():
    box = Weakened(SandboxConfig(slots=1, preload=(), required="full"))
    box.without = ("landlock",)
    with pytest.raises(SandboxRefused, match="landlock"):
        box.start()


def test_a_canary_that_succeeds_takes_the_sandbox_out():
    class Open(Weakened):
        without = ("seccomp", "network", "landlock")

        def _lacking(self, layers: tuple[str, ...]) -> tuple[str, ...]:
            return ()

    with pytest.raises(SandboxRefused, match=r"too much: .*network"):
        Open(SandboxConfig(slots=1, preload=())).start()


def test_a_fork_server_that_cannot_import_says_what():
    order = student_order(("no_such_module",), {})
    with pytest.raises(SandboxRefused, match="no_such_module"):
        Zygote(order)


class Flat(Sandbox):
    """As where packages are installed beside the standard library: no virtual environment."""

    def _order(self, groups: cgroups.Groups, kind: Kind) -> Order:
        order = student_order((), groups.joins)
        site = f"{packages.standard_library()}/site-packages"
        path = (*order.path[:2], site)
        return Order(**{**order.__dict__, "entries": (f"{site}/pip",), "path": path})


def test_packages_beside_the_standard_library_are_shown_by_name_only():
    box = Flat(SandboxConfig(slots=1, preload=()))
    try:
        box.start()
        assert box.run(plain("import pip\nx = 1")).values["x"].json_text == "1"
        other = box.run(plain("import pkg_resources"))
        assert other.error is not None
        assert other.error.type == "ModuleNotFoundError"
        site = f"{packages.standard_library()}/site-packages"
        assert box.run(plain(f"open('{site}/x', 'w')")).ended is Outcome.FORBIDDEN
    finally:
        box.close()
