"""Starts processes, watches them, and stops every one that it started, whatever happens.

Each runs in a session of its own, so Ctrl-C reaches only us and we end them in order. Processes
that outlive their parents (a fork server's children, say) are handed to us by the kernel, so none
is left behind.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from xgrad import kernel
from xgrad.faults import Fault

GRACE_S = 12.0
TAIL_LINES = 15


class Stopped(BaseException):
    """The user or the system asked us to end; carries the exit code."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(number)


class Processes:
    """A context manager: what is started inside it is stopped when it is left."""

    def __init__(self, logs: Path, environment: Mapping[str, str]) -> None:
        """Logs go to `logs/<name>.log`; `environment` is all that a process inherits."""
        self._logs = logs
        self._environment = dict(environment)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._handlers: dict[int, object] = {}
        self._not_ours: frozenset[int] = frozenset()

    def __enter__(self) -> Self:
        self._logs.mkdir(parents=True, exist_ok=True)
        self._not_ours = frozenset(kernel.children())
        kernel.adopt_orphans()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            self._handlers[number] = signal.signal(number, _stop)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for number in self._handlers:
            # A second Ctrl-C must not leave half of them running.
            signal.signal(number, signal.SIG_IGN)
        self.stop()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def start(self, name: str, command: tuple[str, ...]) -> int:
        """Start a process that stays, and return its pid. Raises Fault if it cannot be started."""
        with self._log(name).open("ab") as log:
            self._running[name] = self._spawn(command, log.fileno())
        return self._running[name].pid

    def run(self, name: str, command: tuple[str, ...], timeout_s: float = 120) -> None:
        """Run a process to its end. Raises Fault with the end of its log unless it succeeds."""
        self.start(name, command)
        try:
            code = self._running[name].wait(timeout_s)
        except subprocess.TimeoutExpired:
            raise Fault(
                f"{name} did not end within {timeout_s:.0f} s.\n{self.tail(name)}"
            ) from None
        del self._running[name]
        if code:
            raise Fault(f"{name} failed (exit code {code}).\n{self.tail(name)}")

    def wait_for(self, ready: Callable[[], bool], what: str, timeout_s: float = 60) -> None:
        """Return when `ready` says so. Raises Fault if a process dies or the time is over."""
        until = time.monotonic() + timeout_s
        while not ready():
            self.check()
            if time.monotonic() > until:
                raise Fault(f"{what} was not ready after {timeout_s:.0f} s. Logs: {self._logs}")
            time.sleep(0.05)

    def check(self) -> None:
        """Raise Fault, with the end of its log, if a process that should stay has ended."""
        for name, process in self._running.items():
            code = process.poll()
            if code is not None:
                raise Fault(f"{name} ended (exit code {code}).\n{self.tail(name)}")

    def watch(self) -> None:
        """Stay until asked to stop, or until a process ends (Fault)."""
        while True:
            self.check()
            time.sleep(0.5)

    def tail(self, name: str) -> str:
        """The last lines that a process wrote."""
        lines = self._log(name).read_text(errors="replace").splitlines()[-TAIL_LINES:]
        return "\n".join(["  | " + line for line in lines] + [f"Whole log: {self._log(name)}"])

    def stop(self) -> None:
        """End all of them, the last one started first, and everything they left behind."""
        names = list(reversed(self._running))
        _end([self._running[name] for name in names[:-1]])
        # What was started first (the broker) must outlive those that use it.
        _end([self._running[name] for name in names[-1:]])
        self._running.clear()
        kernel.end_children(spare=self._not_ours)

    def _log(self, name: str) -> Path:
        return self._logs / f"{name}.log"

    def _spawn(self, command: tuple[str, ...], log: int) -> subprocess.Popen[bytes]:
        argv = [sys.executable if command[0] == "python" else command[0], *command[1:]]
        try:
            return subprocess.Popen(  # noqa: S603 - commands from our own table
                argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment,
                start_new_session=True,
                # one thread runs here
                preexec_fn=partial(kernel.end_with_parent, os.getpid()),  # noqa: PLW1509
            )
        except OSError as fault:
            raise Fault(f"{argv[0]} could not be started: {fault.strerror}.") from fault


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask each to end, give them GRACE_S together, then end their whole groups."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + GRACE_S
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, until - time.monotonic()))
    for process in processes:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
