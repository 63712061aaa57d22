"""Runs of the real command, each of whose processes can be found again by a mark."""

import os
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest


class Run:
    """Starts `xgrad …` in a home with spaces; every process it leads to carries the mark."""

    def __init__(self, folder: Path) -> None:
        self.mark = uuid4().hex
        self.home = folder / "a home with spaces"
        self.temp = self.home / "tmp"
        self.temp.mkdir(parents=True)
        ours = {"XGRAD_TEST_MARK": self.mark, "TMPDIR": str(self.temp), "COLUMNS": "160"}
        dropped = ("DATABASE_URL", "BROKER_URL")
        self.environment = {k: v for k, v in os.environ.items() if k not in dropped} | ours

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start the command; its output and its progress can be read."""
        return subprocess.Popen(
            [sys.executable, "-m", "xgrad", *arguments],
            env=self.environment,
            cwd=self.home,
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
        """As `left`, once a worker had time to finish what it is at."""
        until = time.monotonic() + 30
        while self.left() and time.monotonic() < until:
            time.sleep(0.05)
        return self.left()


@pytest.fixture
def xgrad(tmp_path: Path) -> Run:
    return Run(tmp_path)
