"""Attacks of each family by a real worker, queue and database; then honest work is graded right."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

from grader.bootstrap import Context
from grader.domain.policy import Policy
from grader.services import intake, publish
from grader.store.queries import submissions
from rubrics.answers import RawAnswer
from rubrics.grade import QuestionGrade
from rubrics.loader import LIBRARY
from tests.hostile.attack import every
from tests.hostile.bait import Bait, bait
from workers.heartbeat import PREFIX
from xgrad import services
from xgrad.processes import Processes

ATTACKS = {
    "escape/unshare_user": "forbidden",
    "escape/kill_everyone": "process_limit",
    "exhaust/fork_bomb": "timed_out",
    "exhaust/zip_bomb": "out_of_memory",
    "forge/report_twice": "forbidden",
    "forge/patch_harness": "wrong",
    "forge/exit_zero": "crashed",
    "read/host_secret": "wrong",
    "uploads/pickle": "wrong",
    "uploads/shadow_torch": "wrong",
}
CALLED = {
    "os._exit(0)": "crashed",
    "os.write(4, b'XGJ\\\\0\\\\2\\\\0\\\\0\\\\0{}')": "forbidden",
    "ctypes.CDLL(None).ptrace(0, 0, 0, 0)": "forbidden",
}


@pytest.fixture
def worker(live_ctx: Context, environment: dict[str, str], tmp_path: Path) -> Iterator[int]:
    """A grading worker's process id."""
    with Processes(tmp_path / "log", environment) as processes:
        pid = processes.start("worker", services.WORKER.command)
        with redis.Redis.from_url(live_ctx.settings.redis_url) as client:
            processes.wait_for(lambda: bool(client.keys(PREFIX + "*")), "The worker", 60)
        yield pid
        processes.check()


@pytest.fixture
def lure() -> Iterator[Bait]:
    with bait() as one:
        yield one


def as_one_file(name: str, lure: Bait) -> bytes:
    """An attack that brings its other files itself: one file is what a student may hand in."""
    (attack,) = (one for one in every() if one.name == name)
    files = dict(attack.job(lure.script()).files)
    main = files.pop("answer.py")
    return (
        f"for name, data in {files!r}.items():\n    open(name, 'wb').write(data)\n"
        f"exec(compile({main!r}, 'mine.py', 'exec'))\n"
    ).encode()


@pytest.fixture
def graded(live_ctx: Context, classroom: Any) -> Callable[..., QuestionGrade]:
    """Hand in code for a question of an assignment, and wait for the worker's grade of it."""

    def hand_in(code: bytes, assignment_id: str = "", question: str = "q1") -> QuestionGrade:
        where = assignment_id or classroom.assignment_id
        answers = {question: RawAnswer(kind="code", files={"mine.py": code})}
        receipt = intake.submit(live_ctx, intake.Intake(classroom.student_id, where, answers))
        live_ctx.queue.enqueue_grading(receipt.grading_id)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with live_ctx.store.read() as session:
                grade = submissions.view(session, receipt.submission_id).grade
            if grade is not None:
                return next(one for one in grade.questions if one.id == question)
            time.sleep(0.05)
        raise AssertionError("no grade came")

    return hand_in


def below(pid: int) -> dict[int, int]:
    """The processes started by this one and by those, with their parents."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents[int(folder.name)] = int(fields[1])
    found, new = {pid}, {pid}
    while new := {child for child, parent in parents.items() if parent in new} - found:
        found |= new
    return {one: parents[one] for one in found - {pid}}


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def fork_servers(worker: int) -> dict[int, int]:
    """Their process ids, and how many threads each has."""
    own = [pid for pid in below(worker) if "workers.zygote" in _command(pid)]
    leaders = [pid for pid in own if _session(pid) == pid]
    return {pid: len(list(Path(f"/proc/{pid}/task").iterdir())) for pid in leaders}


def _session(pid: int) -> int:
    """0 for one that has been buried meanwhile."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[3])
    except OSError:
        return 0


def left(worker: int, most: int) -> dict[int, str]:
    """What is below the worker beside fork servers and at most so many children of theirs.

    Those wait for a job, or are judges; whatever a run leaves is below one of them, or one more.
    """
    found, servers = below(worker), fork_servers(worker)
    children = [pid for pid, parent in found.items() if parent in servers]
    more = set(found) - set(servers) - set(children[:most])
    return {pid: _command(pid) for pid in more}


def left_in_the_end(worker: int, most: int) -> dict[int, str]:
    """The same, once there was time to bury what has ended."""
    until = time.monotonic() + 30
    while left(worker, most) and time.monotonic() < until:
        time.sleep(0.05)
    return left(worker, most)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_attacks_by_the_whole_way_earn_nothing_and_honest_work_is_graded_right(
    worker: int,
    graded: Callable[..., QuestionGrade],
    sample_answers: dict[str, RawAnswer],
    lure: Bait,
    live_ctx: Context,
) -> None:
    (honest,) = sample_answers["right-script"].files.values()
    assert graded(honest).score == 4.0
    servers, slots = fork_servers(worker), live_ctx.settings.sandbox_slots
    assert set(servers.values()) == {1}
    for name, outcome in ATTACKS.items():
        found = graded(as_one_file(name, lure))
        assert (found.outcome, found.score) == (outcome, 0.0), (name, found)
        assert "Traceback" not in found.feedback
        assert graded(honest).score == 4.0, f"after {name}"
    assert fork_servers(worker) == servers
    # One judge, and as many children as a pool has places for.
    assert left_in_the_end(worker, 1 + 2 * slots + 1) == {}
    assert lure.touched() == ""


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_attacks_from_within_calls_earn_nothing_and_honest_work_is_graded_right(
    worker: int, graded: Callable[..., QuestionGrade], live_ctx: Context, classroom: Any
) -> None:
    folder = LIBRARY / "networks" / "softmax-regression"
    assignment_id = publish.publish(live_ctx, classroom.course_id, folder, Policy())
    honest = (folder / "samples" / "right.py").read_bytes()
    assert graded(honest, assignment_id, "functions").score == 12.0
    for body, outcome in CALLED.items():
        hostile = honest + f"\nimport ctypes, os\n{_overrides(honest, body)}".encode()
        found = graded(hostile, assignment_id, "functions")
        assert (found.outcome, found.score) == (outcome, 0.0), (body, found)
        assert graded(honest, assignment_id, "functions").score == 12.0
    assert set(fork_servers(worker).values()) == {1}


def _overrides(honest: bytes, body: str) -> str:
    """Each function of the right answer does that instead."""
    names = [line.split("(")[0][4:] for line in honest.decode().splitlines() if line[:4] == "def "]
    return "\n".join(f"def {name}(*rest, **more):\n    {body}" for name in names)
