"""Start a fork server by exec with an empty environment, and talk to it: a question, an answer."""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any, NoReturn

import workers
from workers.sandbox import ids, packages
from workers.sandbox.config import SandboxBroken, SandboxRefused

MESSAGE = 1 << 16
BOOT = (
    "import sys; sys.path.insert(0, sys.argv[2]); from workers.zygote.main import main;"
    " main(int(sys.argv[1]))"
)
REMEDY = (
    "Run 'xgrad doctor' on this machine: it names the layer that is missing and how to mend it."
)


@dataclass(frozen=True)
class Order:
    """What a fork server is to be: what it imports, what its children see and run.

    `without` names layers to leave out: the tests' way to ask which layer stops an attack. No
    setting reaches it, and a child that lacks a layer of the floor is given no work.
    """

    preload: tuple[str, ...]
    serve: tuple[str, str]
    rehearse: tuple[str, str]
    binds: tuple[str, ...]
    hidden: tuple[str, ...]
    entries: tuple[str, ...]
    path: tuple[str, ...]
    groups: Mapping[int, list[str]]
    covered: tuple[str, ...] = ()
    long_lived: bool = False
    uid_base: int = ids.FIRST
    without: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    def message(self) -> bytes:
        """As the fork server reads it."""
        granted = grant()
        commands = [granted.groups, granted.users] if granted.users else []
        more = {"groups": dict(self.groups), "ids": commands}
        return json.dumps({**self.__dict__, **more}).encode()


def _site_folders() -> list[str]:
    return sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})


def student_order(
    preload: tuple[str, ...], groups: Mapping[int, list[str]], asked: tuple[str, ...] = ()
) -> Order:
    """The order for running students' code: the usual packages and those `asked` for, by name.

    Those asked for are imported beforehand too. No file of the service is in view.
    """
    library = str(packages.standard_library())
    hidden = [f"{library}/site-packages", f"{library}/dist-packages"]
    return Order(
        preload=(*preload, *packages.modules(asked)),
        serve=("workers.harness.main", "serve"),
        rehearse=("workers.harness.rehearse", "rehearse"),
        binds=(*map(str, packages.shared_libraries()), library),
        hidden=tuple(hidden),
        entries=tuple(map(str, packages.for_students(asked))),
        path=(library, f"{library}/lib-dynload", *_site_folders()),
        groups=groups,
    )


def judge_order(
    groups: Mapping[int, list[str]], uid_base: int, capability: str | None = None
) -> Order:
    """The order for judges: our own code and all packages to read, and still no other file.

    The library of assignments comes with our code and is covered: a reference is of no concern to
    the author of another.
    """
    library, code = str(packages.standard_library()), _code_folder()
    sites = _site_folders()
    outside = [site for site in sites if not site.startswith(library)]
    return Order(
        preload=("torch", "numpy", "rubrics.judge"),
        serve=("workers.judge.main", "serve"),
        rehearse=("gc", "collect"),
        binds=(*map(str, packages.shared_libraries()), library, *outside),
        hidden=(),
        entries=tuple(f"{code}/{name}" for name in ("rubrics", "workers")),
        covered=(f"{code}/rubrics/library",),
        path=(library, f"{library}/lib-dynload", *sites, code),
        groups=groups,
        long_lived=True,
        uid_base=uid_base,
        environment={"ATEN_CPU_CAPABILITY": capability} if capability else {},
    )


@cache
def grant() -> ids.Grant:
    """The ids that children of an ordinary user can have, asked once: for all of them alike.

    A fork server whose packages others may not read would else lack a layer that the first had.
    """
    orders = (student_order((), {}, tuple(packages.ON_REQUEST)), judge_order({}, ids.FIRST))
    shown = {path for one in orders for path in (*one.binds, *one.entries)}
    return ids.grant(map(Path, sorted(shown)))


def readable(file: int, within_s: float) -> bool:
    """Whether a descriptor can be read from, or does so within some time.

    Not by select(2): it refuses descriptors from 1024 on, and a worker of many slots has more.
    """
    poll = select.poll()
    poll.register(file, select.POLLIN)
    return bool(poll.poll(within_s * 1e3))


Given = tuple[tuple[str, bytes], ...]
"""Files that a child finds in its box and can only read: names and contents."""


def _written(given: Given) -> IO[bytes]:
    """An open file that has no name, with all of them one after the other. Raises SandboxBroken."""
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        file.write(b"".join(data for _, data in given))
        file.flush()
    except OSError as fault:
        file.close()
        raise SandboxBroken(f"files of the assignment could not be handed over: {fault}") from fault
    return file


@dataclass(frozen=True)
class Child:
    """A waiting child as the worker sees it: its id, and our ends of its pipes."""

    pid: int
    pidfd: int
    job: int
    result: int
    output: int
    layers: tuple[str, ...]

    def alive(self) -> bool:
        """Whether it has not ended."""
        return not readable(self.pidfd, 0)

    def kill(self) -> None:
        """End it, if it has not ended; its id cannot have been taken by another."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)

    def close(self) -> None:
        """Close our ends."""
        for file in (self.pidfd, self.job, self.result, self.output):
            os.close(file)


class Zygote:
    """A running fork server. `ask` may be called from any thread."""

    def __init__(self, order: Order, start_timeout_s: float = 120.0) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._wire = ours
        self._lock = threading.Lock()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        with theirs:
            os.set_inheritable(theirs.fileno(), True)
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-c", BOOT, str(theirs.fileno()), _code_folder()],
                env=dict(order.environment),
                cwd="/",
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
            )
        self._greet(order, start_timeout_s)

    def _greet(self, order: Order, timeout_s: float) -> None:
        self._wire.settimeout(timeout_s)
        try:
            self._wire.sendall(order.message())
            told = json.loads(self._wire.recv(MESSAGE) or b"{}")
        except OSError as fault:
            self.close()
            raise SandboxRefused(f"The fork server did not start: {fault}.", REMEDY) from fault
        if "ready" not in told:
            reason = told.get("fault") or self._last_words() or "it ended without a word"
            self.close()
            raise SandboxRefused(f"The fork server could not lock itself in: {reason}.", REMEDY)
        self.landlock = int(told["landlock"])
        self._wire.settimeout(30)

    def _last_words(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def _ask(
        self, question: dict[str, Any], sources: Sequence[int] = ()
    ) -> tuple[dict[str, Any], list[int]]:
        with self._lock:
            try:
                socket.send_fds(self._wire, [json.dumps(question).encode()], sources)
                answer, files, _, _ = socket.recv_fds(self._wire, MESSAGE, 8)
            except OSError as fault:
                self._process.kill()  # a late answer would be taken for that of another question
                raise SandboxBroken(f"the fork server does not answer: {fault}") from fault
        if not answer:
            raise SandboxBroken(f"the fork server has ended: {self._last_words()}")
        told = json.loads(answer)
        if "fault" in told:
            raise SandboxBroken(str(told["fault"]))
        return told, files

    def spawn(self, slot: int, walls: dict[str, int], given: Given = ()) -> Child:
        """A jailed child in a slot, with the `given` files in its box. Raises SandboxBroken."""
        sizes = [(name, len(data)) for name, data in given]
        question = {"do": "spawn", "slot": slot, "walls": walls, "given": sizes}
        with contextlib.ExitStack() as stack:
            sources = [stack.enter_context(_written(given)).fileno()] if given else []
            told, files = self._ask(question, sources)
        if len(files) != 4:
            self._abandon(told["pid"], files)
        pidfd, job, result, output = files
        return Child(told["pid"], pidfd, job, result, output, tuple(told["layers"]))

    def _abandon(self, pid: int, files: list[int]) -> NoReturn:
        """With no room for its descriptors its pipes are closed, and so it ends by itself."""
        for file in files:
            os.close(file)
        self.reap(pid)
        raise SandboxBroken("the worker may open no more files: raise its limit (ulimit -n)")

    def reap(self, pid: int) -> dict[str, Any]:
        """Wait for a child that has been killed or has ended; how it ended and what it used."""
        return self._ask({"do": "reap", "pid": pid})[0]

    def close(self) -> None:
        """End it, and with it every child it has."""
        self._wire.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()


def _code_folder() -> str:
    return str(Path(workers.__file__).parent.parent)
