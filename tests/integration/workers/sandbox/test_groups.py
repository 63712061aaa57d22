"""What a slot's group counts: all processes of a run, and nothing that an earlier run left."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator

import pytest

from rubrics.job import Job, Limits, Run
from rubrics.outcome import Outcome
from workers.sandbox import Sandbox, SandboxConfig, cgroups
from workers.sandbox.cgroups import Groups
from workers.sandbox.group import MB, WAITING_MB, GroupV1, GroupV2

FILL = """
import os, sys
with open(sys.argv[1], "wb") as file:
    for _ in range(64):
        file.write(bytes(1 << 20))
    file.flush()
    os.fsync(file.fileno())
"""
BURN = """
import os, time
for _ in range(3):
    if os.fork() == 0:
        while True:
            pass
time.sleep(60)
"""


@pytest.fixture
def groups() -> Iterator[Groups]:
    """One slot's group, to which 64 MB of a file were left charged by a process that has ended."""
    made = cgroups.make(1)
    join = f'for group in {" ".join(made.joins[0])}; do echo $$ > $group; done; exec "$@"'
    words = ["sh", "-c", join, "sh", sys.executable, "-I", "-c", FILL]
    try:
        # Where /tmp is kept in memory, pages of a file in it cannot be given back.
        with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
            subprocess.run([*words, f"{folder}/big"], check=True, timeout=60)
            yield made
    finally:
        made.remove()


def told_mb(groups: Groups, v1: str, v2: str) -> float:
    """A number of the group's folder that counts memory."""
    files = [one / f"memory.{v2 if groups.version == 'v2' else v1}" for one in groups.folders]
    (file,) = (one for one in files if one.parent.name == "slot-0" and one.exists())
    return int(file.read_text()) / MB


def test_what_an_earlier_run_read_does_not_widen_the_limit_of_the_next(groups):
    assert told_mb(groups, "usage_in_bytes", "current") > 48
    groups.slots[0].arm(64, 8)
    assert told_mb(groups, "limit_in_bytes", "max") <= 64 + WAITING_MB


def test_what_an_earlier_run_read_is_given_back(groups):
    groups.slots[0].empty()
    assert told_mb(groups, "usage_in_bytes", "current") < WAITING_MB / 4


def test_processes_that_a_script_makes_share_its_processor_time(run):
    done = run(BURN, wall_s=30, cpu_s=2, processes=4)
    assert done.ended is Outcome.TIMED_OUT
    assert "processor time, the limit is 2 s" in done.explanation
    assert done.use.cpu_ms >= 2000


def test_where_the_kernel_tells_no_peak_of_one_run_the_process_is_asked(run, monkeypatch):
    for kind in (GroupV1, GroupV2):
        monkeypatch.setattr(kind, "tells_peak", False, raising=False)
    assert 90 < run("x = b'x' * 100_000_000", memory_mb=256).use.peak_mb < 120
    gone = run("x = b'x' * 100_000_000\nimport os\nos._exit(1)", memory_mb=256)
    assert gone.ended is Outcome.CRASHED
    assert 90 < gone.use.peak_mb < 120


def test_where_no_group_can_be_made_rlimits_bound_a_run(monkeypatch, tmp_path):
    monkeypatch.setattr(cgroups, "MOUNT", tmp_path)
    box = Sandbox(SandboxConfig(slots=1, preload=()))

    def run(script: str, **limits: float) -> Run:
        files = {"a.py": script.encode()}
        wanted = Limits(memory_mb=64, wall_s=10, **limits)
        return box.run(Job(files=files, entry="a.py", collect=("x",), limits=wanted))

    try:
        attested = box.start()
        assert (attested.cgroup, attested.missing) == ("none", ("cgroup",))
        used = run("x = len(b'x' * 50_000_000)").use
        assert "cgroup" not in used.layers
        assert 45 < used.peak_mb < 60
        filling = run("kept = []\nwhile True: kept.append(bytearray(b'x' * 1000000))")
        assert filling.ended is Outcome.OUT_OF_MEMORY
        assert run("while True: pass", cpu_s=0.5).ended is Outcome.TIMED_OUT
        forks = run("import os, time\nwhile True:\n    os.fork() or time.sleep(9)", processes=4)
        assert forks.ended is Outcome.PROCESS_LIMIT
        assert "4 processes" in forks.explanation
    finally:
        box.close()
