"""Attacks of our own, run in a real child: if one succeeds, the jail does not hold.

Each script leaves `won`, true when it got what it wanted. The scripts are ours, so what they
report is believed; a student's never is. One that does not run to its end, with `won` false, is an
alarm too: a program that was executed in its place reports nothing, and where everything crashes
nothing was tried.
"""

import contextlib
import secrets
import socket
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rubrics.job import Job, Limits, PlainValue, Run

LIMITS = Limits(wall_s=30, cpu_s=10, memory_mb=512)  # a busy machine must not sound the alarm
SEVERAL = LIMITS.model_copy(update={"processes": 16, "threads": 1})


@dataclass(frozen=True)
class Canary:
    """A name, what it would mean if it succeeded, the script and its limits."""

    name: str
    meaning: str
    script: str
    limits: Limits = LIMITS


def _secret(path: str, token: str) -> str:
    return f"""
won = False
for path in ({path!r}, '/proc/1/root' + {path!r}, '/old' + {path!r}, '../..' + {path!r}):
    try:
        won = won or {token!r} in open(path).read()
    except OSError:
        pass
"""


def _connect(port: int) -> str:
    return f"""
import socket
try:
    socket.create_connection(('127.0.0.1', {port}), 2).sendall(b'x')
    won = True
except OSError:
    won = False
"""


# Signal 0 asks only whether it may be sent: if the jail does not hold, no neighbour is to die of
# it. From within a namespace of its own the parent is 0, and to signal 0 is to signal oneself.
KILL = """
import os
won = False
for target in (os.getppid() or -1, -1):
    try:
        os.kill(target, 0)
        won = True
    except OSError:
        pass
"""
FORKS = f"""
import os, time
made = 0
try:
    while made < {4 * SEVERAL.processes}:
        if os.fork() == 0:
            time.sleep(30)
        made += 1
except OSError:
    pass
won = made > {SEVERAL.processes}
"""
FORK = """
import os, time
won = False
try:
    if os.fork() == 0:
        time.sleep(30)
    won = True
except OSError:
    pass
"""
PROGRAMS = """
import ctypes, os
libc = ctypes.CDLL(None)
won = libc.memfd_create(b'x', 0) >= 0
for path in ('/bin/sh', '/usr/bin/env', '/home/student/x'):
    try:
        open('x', 'w').write('#!/bin/sh')
        os.chmod('x', 0o755)
        os.execv(path, [path])
    except OSError:
        pass
"""


@contextlib.contextmanager
def _bait() -> Iterator[tuple[str, str, int, Callable[[], bool]]]:
    """A readable secret outside, and a listener: its path, token, port, and 'was it reached'."""
    token = secrets.token_hex(16)
    with tempfile.TemporaryDirectory() as folder, socket.socket() as server:
        path = Path(folder, "secret")
        path.write_text(token)
        path.chmod(0o644)
        Path(folder).chmod(0o755)
        server.bind(("127.0.0.1", 0))
        server.listen(4)
        server.setblocking(False)

        def reached() -> bool:
            try:
                server.accept()[0].close()
            except BlockingIOError:
                return False
            return True

        yield str(path), token, server.getsockname()[1], reached


def _silent(run: Run) -> bool:
    """Whether it ran to its end and got nothing."""
    value = run.values.get("won")
    return run.ended is None and isinstance(value, PlainValue) and value.json_text == "false"


def _song(one: Canary, run: Run) -> str:
    if run.ended is None:
        return one.meaning
    return f"{one.meaning}, or it cannot be tried: {run.ended}, {run.explanation}"


def sing(run: Callable[[Job], Run]) -> list[str]:
    """Try every canary through `run`; what each that was not held means, empty if all is well."""
    with _bait() as (path, token, port, reached):
        canaries = (
            Canary("forks", "it can make processes without bound", FORKS, SEVERAL),
            # Behind that one: children wait with the limits that were last asked for.
            Canary("fork", "it can make a process where it may have one", FORK),
            Canary("secret", "it can read a file of the machine", _secret(path, token)),
            Canary("network", "it can reach the network", _connect(port)),
            Canary("kill", "it can end other processes", KILL),
            Canary("programs", "it can run programs of its own", PROGRAMS),
        )
        alive = []
        for one in canaries:
            files = {"canary.py": one.script.encode()}
            job = Job(files=files, entry="canary.py", collect=("won",), limits=one.limits)
            done = run(job)
            if not _silent(done):
                alive.append(_song(one, done))
        if reached():
            alive.append("it can reach the network")
    return alive
