"""Judges: warm, jailed, one an assignment version, replaced when they die or hang."""

import contextlib
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rubrics import loader
from rubrics.answers import ParsedAnswer, RawAnswer, parse_answer
from workers.judge import JudgeBroken, JudgePool

PAPER = loader.LIBRARY / "autograd" / "paper-1"
RIGHT = "0.9673, 1.6824, 2.0190, 579.9380"


@pytest.fixture(scope="module")
def pool() -> Iterator[JudgePool]:
    one = JudgePool(max_judges=2)
    try:
        yield one
    finally:
        one.close()


@pytest.fixture(scope="module")
def answers() -> dict[str, ParsedAnswer]:
    question = next(one for one in loader.load(PAPER).questions if one.id == "q1")
    return {"q1": parse_answer(question, RawAnswer(kind="tensor", text=RIGHT))}


def variant(tmp_path: Path, name: str, addition: str) -> Path:
    """A copy of the paper whose reference does something more."""
    folder = tmp_path / name / "paper-1"
    shutil.copytree(PAPER, folder)
    reference = folder / "reference.py"
    reference.write_text(reference.read_text() + "\n" + addition)
    return folder


def score(pool: JudgePool, folder: Path, answers, **more) -> float | None:
    verdict = pool.judge(folder, loader.digest(folder), answers, {}, 1, **more)
    return next(one.score for one in verdict.questions if one.id == "q1")


def test_a_right_answer_is_judged_right_and_versions_come_along(pool, answers):
    verdict = pool.judge(PAPER, loader.digest(PAPER), answers, {}, 1)
    assert verdict.questions[0].score == 4.0
    assert verdict.versions["torch"]


def test_the_same_version_keeps_its_judge(pool, answers):
    score(pool, PAPER, answers)
    before = pool.pids()
    score(pool, PAPER, answers)
    assert pool.pids() == before


def test_a_judge_that_was_killed_is_replaced(pool, answers):
    score(pool, PAPER, answers)
    os.kill(pool.pids()[loader.digest(PAPER)], signal.SIGKILL)
    with pytest.raises(JudgeBroken):
        score(pool, PAPER, answers)
    assert score(pool, PAPER, answers) == 4.0


def test_when_all_are_ended_one_that_is_being_asked_is_closed_by_its_asker(
    pool, answers, tmp_path, gone
):
    """Or its descriptors' numbers could be another judge's while it is still read from."""
    digest = loader.digest(PAPER)
    judge = pool._judges.take(PAPER, digest, time.monotonic() + 60)
    files = (judge.child.job, judge.child.result)
    ours = [os.fstat(file).st_ino for file in files]
    server = pool._judges.server()
    os.kill(server.pid, signal.SIGKILL)
    assert gone(server.pid)
    assert score(pool, variant(tmp_path, "after", "C = 1"), answers) == 4.0
    assert [os.fstat(file).st_ino for file in files] == ours
    with pytest.raises(JudgeBroken):
        judge.ask(b"", 60)
    pool._judges.release(judge)
    assert judge.closed
    assert score(pool, PAPER, answers) == 4.0


def test_a_reference_that_never_ends_breaks_its_judge_only(pool, answers, tmp_path):
    folder = variant(tmp_path, "endless", "while True: pass")
    started = time.monotonic()
    with pytest.raises(JudgeBroken):
        score(pool, folder, answers, timeout_s=3)
    assert time.monotonic() - started < 50, "as long as it may by default"
    assert score(pool, PAPER, answers) == 4.0


@pytest.mark.parametrize(
    "addition",
    [
        "import socket\nsocket.create_connection(('127.0.0.1', 22), 1)",
        "print(open('/etc/passwd').read()); raise SystemExit",
        "import os\nos.kill(os.getppid(), 9)",
        "import os\nos._exit(0)",
        "import ctypes\nctypes.CDLL(None).ptrace(0, 0, 0, 0)",
    ],
)
def test_a_hostile_reference_gets_nothing_and_harms_nobody(pool, answers, tmp_path, addition):
    folder = variant(tmp_path, "hostile", addition)
    with contextlib.suppress(JudgeBroken):
        assert score(pool, folder, answers) is None
    assert score(pool, PAPER, answers) == 4.0


def test_a_reference_may_print_more_than_a_pipe_holds(pool, answers, tmp_path):
    folder = variant(tmp_path, "prints", "import sys\nfor _ in 'ab': print('x' * 100_000)")
    assert score(pool, folder, answers) == 4.0


@pytest.mark.parametrize("much", ["bytearray(5 << 30)", "torch.ones(5 << 28, dtype=torch.int32)"])
def test_a_judge_outlives_what_asks_for_too_much(pool, answers, tmp_path, much):
    folder = variant(tmp_path, "greedy", f"def q1():\n    return {much}")
    assert score(pool, folder, answers) is None
    mine = loader.digest(folder)
    before = pool.pids()[mine]
    assert score(pool, folder, answers) is None
    assert pool.pids()[mine] == before


def test_a_judge_sees_no_secret_and_no_file_of_the_machine(pool, answers, tmp_path):
    check = (
        "import os\n"
        "assert 'XGRAD_SECRET_KEY' not in os.environ and not os.path.exists('/proc/self')\n"
        "assert os.getuid() != 0 and not os.path.exists('/etc')\n"
    )
    os.environ["XGRAD_SECRET_KEY"] = "a secret of the service"
    try:
        assert score(pool, variant(tmp_path, "looks", check), answers) == 4.0
    finally:
        del os.environ["XGRAD_SECRET_KEY"]


def test_a_judge_sees_no_reference_but_its_own(pool, answers, tmp_path):
    check = (
        "import rubrics, sys\nfrom pathlib import Path\n"
        "places = [Path(one, 'rubrics', 'library') for one in sys.path]\n"
        "seen = [one for place in [*places, Path(rubrics.__path__[0], 'library')]\n"
        "        for one in place.rglob('*')]\n"
        "assert not seen, seen\n"
        "assert Path(rubrics.__path__[0], 'loader.py').exists()\n"
    )
    assert score(pool, variant(tmp_path, "curious", check), answers) == 4.0


def test_no_more_judges_live_than_may(pool, answers, tmp_path):
    for number in range(4):
        assert score(pool, variant(tmp_path, f"v{number}", f"A = {number}"), answers) == 4.0
    assert len(pool.pids()) <= 3


def test_many_threads_share_the_judges(pool, answers):
    wrong: list[object] = []

    def work() -> None:
        for _ in range(5):
            found = score(pool, PAPER, answers)
            if found != 4.0:
                wrong.append(found)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_more_versions_at_once_than_judges_wait_for_a_place(pool, answers, tmp_path):
    folders = [variant(tmp_path, f"w{number}", f"B = {number}") for number in range(6)]
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(lambda one: score(pool, one, answers), folders)) == [4.0] * 6


def test_a_missing_folder_is_said(pool, answers, tmp_path):
    with pytest.raises(JudgeBroken, match="not there"):
        pool.judge(tmp_path / "gone", "0" * 64, answers, {}, 1)
