"""`xgrad demo` as a person runs it, on both databases, and stopped in the middle."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest

LAST = "demo: submissions=3 graded=3 expected=3 webhooks=3 lost=0"
XGRAD = (sys.executable, "-m", "xgrad")


class Demo:
    """A run whose every process can be found again, by a mark in its environment."""

    def __init__(self, folder: Path) -> None:
        self.mark = uuid4().hex
        self.temp = folder / "a home with spaces" / "tmp"
        self.temp.mkdir(parents=True)
        ours = {"XGRAD_TEST_MARK": self.mark, "TMPDIR": str(self.temp), "COLUMNS": "160"}
        dropped = ("DATABASE_URL", "BROKER_URL")
        self.environment = {k: v for k, v in os.environ.items() if k not in dropped} | ours

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [*XGRAD, *arguments],
            env=self.environment,
            cwd=self.temp.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def left(self) -> list[str]:
        """The commands of processes of this run that are still there."""
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                if self.mark.encode() in (entry / "environ").read_bytes():
                    found.append((entry / "cmdline").read_text().replace("\0", " "))
            except OSError:
                continue
        return found

    def wait_until_gone(self) -> list[str]:
        until = time.monotonic() + 5
        while self.left() and time.monotonic() < until:
            time.sleep(0.05)
        return self.left()


@pytest.fixture
def demo(tmp_path: Path) -> Demo:
    return Demo(tmp_path)


@pytest.mark.timeout(300)
def test_everything_embedded_in_a_home_with_spaces(demo: Demo) -> None:
    process = demo.start("demo")
    output, progress = process.communicate(timeout=240)
    assert process.returncode == 0, output + progress
    assert output.rstrip().splitlines()[-1] == LAST
    for seen in ("Mira Lindqvist", "exponent", "needs_review", "judge", "/submissions/"):
        assert seen in output
    assert re.search(r"4 / 4\s+correct", output)
    assert demo.wait_until_gone() == []
    assert list(demo.temp.iterdir()) == [], "the folder is removed when all went well"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("empty_database_url", ["postgres"], indirect=True)
def test_the_same_on_postgresql_and_a_broker_that_runs_already(
    demo: Demo, empty_database_url: str, valkey_url: str
) -> None:
    demo.environment |= {"DATABASE_URL": empty_database_url, "BROKER_URL": valkey_url}
    for _ in range(2):
        process = demo.start("demo", "--keep")
        output, progress = process.communicate(timeout=240)
        assert process.returncode == 0, output + progress
        assert output.rstrip().splitlines()[-1] == LAST
    for folder in demo.temp.iterdir():
        names = {one.name for one in (folder / "log").iterdir()}
        assert "valkey.log" not in names, "no broker of its own was started"
        assert not (folder / "xgrad.db").exists()
    assert demo.wait_until_gone() == []


@pytest.mark.parametrize(
    ("number", "after", "code"),
    [
        (signal.SIGINT, "Starting", 130),
        (signal.SIGTERM, "Handing in", 143),
        (signal.SIGKILL, "Handing in", -9),
    ],
)
def test_stopped_in_the_middle_it_leaves_no_process_behind(
    demo: Demo, number: int, after: str, code: int
) -> None:
    process = demo.start("demo")
    assert process.stderr is not None
    for line in process.stderr:
        if after in line:
            break
    process.send_signal(number)
    output, progress = process.communicate(timeout=60)
    assert process.returncode == code, output + progress
    assert "Traceback" not in progress
    assert demo.wait_until_gone() == []


def test_a_database_that_is_not_there_is_said_in_words(demo: Demo) -> None:
    demo.environment["DATABASE_URL"] = "postgresql+psycopg://nobody:secret@127.0.0.1:9/none"
    process = demo.start("demo")
    output, progress = process.communicate(timeout=60)
    assert process.returncode == 3, output
    assert "migrate failed" in progress
    assert "secret" not in progress
    assert demo.wait_until_gone() == []
