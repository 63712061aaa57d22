"""Is the child really jailed? Asked from outside by /proc, and inside by trying; code comes after.

The answers inside are believed because no byte of a student's has been read yet.
"""

import errno
import os
import resource
import socket
from collections.abc import Callable, Iterable

from workers.zygote import jail, root

NAMESPACES = ("user", "pid", "mnt", "net", "ipc", "uts")


def _refused(attempt: Callable[[], object], *codes: int) -> bool:
    try:
        attempt()
    except OSError as fault:
        return fault.errno in codes
    return False


def inside(last: int, given: Iterable[str] = ()) -> list[str]:
    """Layers that hold, tried from within; `last` is the highest descriptor that should be open.

    `given` are the files that should be in the box: none but those, and they to stay as they are.
    """
    held = []
    if os.getuid() == jail.INSIDE_ID and os.getresuid() == (jail.INSIDE_ID,) * 3:
        held.append("identity")
    if _refused(lambda: socket.socket().close(), errno.EPERM):
        held.append("seccomp")
    if _refused(lambda: os.listdir("/"), errno.EACCES):  # noqa: PTH208
        held.append("landlock")
    if _refused(lambda: os.stat("/proc/self"), errno.ENOENT) and os.getpid() == 1:  # noqa: PTH116
        held.append("root")
    if resource.getrlimit(resource.RLIMIT_CORE) == (0, 0) and _bounded():
        held.append("rlimits")
    if all(_refused(lambda fd=fd: os.fstat(fd), errno.EBADF) for fd in range(last + 1, 64)):  # type: ignore[misc]
        held.append("descriptors")
    if os.getcwd() == root.BOX and set(os.listdir(".")) == set(given):  # noqa: PTH109, PTH208
        held += ["box"] if all(map(_fixed, given)) else []
    if dict(os.environ) == jail.ENVIRONMENT:
        held.append("environment")
    return held


def _fixed(name: str) -> bool:
    """Whether a file can be neither written to nor removed."""
    unwritten = _refused(lambda: os.open(name, os.O_WRONLY | os.O_TRUNC), errno.EROFS)
    return unwritten and _refused(lambda: os.unlink(name), errno.EBUSY)  # noqa: PTH108


def _bounded() -> bool:
    names = (resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE)
    return all(resource.getrlimit(name)[0] != resource.RLIM_INFINITY for name in names)


def _read(name: str, proc: int) -> str:
    file = os.open(name, os.O_RDONLY, dir_fd=proc)
    try:
        return os.read(file, 1 << 16).decode()
    finally:
        os.close(file)


def apart(pid: int, proc: int, ours: dict[str, str]) -> list[str]:
    """The namespaces of the child that are not the host's, `ours`; `proc` is a folder of /proc.

    Asked before the child takes an id of its own: an ordinary user may not look there afterwards.
    Its clone put it into them, and nothing leads back. Raises OSError.
    """
    return [f"{name}-namespace" for name in NAMESPACES if namespace(pid, name, proc) != ours[name]]


def outside(pid: int, slot: int, proc: int, ids: tuple[int, int | None]) -> list[str]:
    """Layers that hold, read by the parent in the folder `proc` of /proc.

    `ids` are of who started us, whom an ordinary user's fork server sees as 0 in its namespace,
    and of slot 0, where slots have ids of their own.

    Raises OSError when the child has gone.
    """
    rows = dict(row.split(":\t", 1) for row in _read(f"{pid}/status", proc).splitlines() if row)
    held = []
    shown, groups = set(rows["Uid"].split()), set(rows["Gid"].split()) | set(rows["Groups"].split())
    if len(shown) == 1 and (int(*shown) or ids[0]) != 0:
        held.append("not-root")
    if ids[1] is not None and shown == groups == {str(ids[1] + slot)}:
        held.append("slot-uid")
    if all(int(rows[name], 16) == 0 for name in ("CapPrm", "CapEff", "CapInh", "CapAmb")):
        held.append("capabilities")
    if rows["NoNewPrivs"].strip() == "1":
        held.append("no-new-privs")
    if rows["Seccomp"].strip() == "2":
        held.append("seccomp-mode")
    if f"/slot-{slot}\n" in _read(f"{pid}/cgroup", proc):
        held.append("cgroup")
    return held


def namespace(pid: int | str, name: str, proc: int) -> str:
    """The identity of a namespace of a process."""
    return os.readlink(f"{pid}/ns/{name}", dir_fd=proc)
