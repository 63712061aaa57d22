"""Two favours of the Linux kernel that keep processes from being left behind."""

import contextlib
import ctypes
import os
import signal
import time
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_LIBC = ctypes.CDLL(None, use_errno=True)


def adopt_orphans() -> None:
    """Let processes whose parent ends become our children instead of init's."""
    _LIBC.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_with_parent(parent: int) -> None:
    """Called in a new process: end it too if its parent is killed without a chance to stop it."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it was, before the kernel knew
        os._exit(1)


def children() -> list[int]:
    """The pids of our children, adopted ones included."""
    listing = Path(f"/proc/self/task/{os.getpid()}/children")
    try:
        return [int(word) for word in listing.read_text().split()]
    except OSError:
        return [pid for pid in map(int, _numbers()) if _parent(pid) == os.getpid()]


def end_children(spare: frozenset[int], grace_s: float = 3.0) -> None:
    """Kill and reap every child but those in `spare`, and the orphans that this uncovers."""
    until = time.monotonic() + grace_s
    while (left := set(children()) - spare) and time.monotonic() < until:
        for pid in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _numbers() -> list[str]:
    return [entry.name for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _parent(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return -1
    return int(fields[1])
