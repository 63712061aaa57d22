"""What a child does to itself before it reads a byte of the student's: one layer after another."""

import os
import resource
from dataclasses import dataclass

from workers.zygote import landlock, root, seccomp, syscalls

INSIDE_ID = 1000
ENVIRONMENT = {
    "HOME": root.BOX,
    "TMPDIR": root.BOX,
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "MPLCONFIGDIR": root.BOX,
}
MB = 1024 * 1024


@dataclass(frozen=True)
class Walls:
    """Limits that hold inside the jail; they are fixed when a child is made.

    `tasks` are processes and threads together; without `forks` there can be no second process.
    """

    memory_mb: int
    cpu_s: int
    box_mb: int
    box_files: int
    tasks: int
    forks: bool
    files: int


@dataclass(frozen=True)
class Given:
    """The assignment's own files for one child: names and sizes, one after the other in `source`.

    `source` is an open file's descriptor; there is none where there are no files.
    """

    files: tuple[tuple[str, int], ...] = ()
    source: int = -1


@dataclass
class Prepared:
    """What the fork server made once for all its children; `programs` by whether they may fork."""

    ruleset: int | None
    programs: dict[bool, seccomp._Program]
    base_bytes: int
    long_lived: bool
    cgroup: bool
    without: frozenset[str] = frozenset()


def _identity() -> None:
    os.setresgid(INSIDE_ID, INSIDE_ID, INSIDE_ID)
    os.setresuid(INSIDE_ID, INSIDE_ID, INSIDE_ID)
    syscalls.prctl(syscalls.PR_SET_PDEATHSIG, 9)


def _box(walls: Walls, exact: bool) -> None:
    flags = syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC | syscalls.MS_NOSYMFOLLOW
    options = f"size={walls.box_mb}m,nr_inodes={walls.box_files + 8},mode=700"
    if not exact:
        flags, options = 0, "size=512m,mode=700"
    syscalls.mount("box", root.BOX, "tmpfs", flags, options)
    os.chdir(root.BOX)


def _give(given: Given, exact: bool) -> None:
    """Put them into the box. Each is a mount of its own, onto itself, and that can only be read.

    A mount point can neither be removed nor have another file put in its place, and whoever owns
    the file below cannot reach it: for that there is no other path.
    """
    start = 0
    for name, size in given.files:
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
        end = start + size
        while start < end:
            start += os.sendfile(file, given.source, start, end - start)
        os.close(file)
        if exact:
            syscalls.mount(name, name, None, syscalls.MS_BIND)
            root.read_only(name)
    if given.files:
        os.close(given.source)


def _address_space(walls: Walls, made: Prepared) -> int:
    """How far it may grow: beyond the group's own limit, but for a judge, which must not be killed.

    With a group that counts real pages it may be roomy: each thread of a script reserves some. In a
    judge an answer that asks for too much is to meet MemoryError, and cost its own check alone.
    """
    if made.long_lived:
        return made.base_bytes + walls.memory_mb * MB * 7 // 8
    slack = (walls.memory_mb + 1024) * MB if made.cgroup else 128 * MB
    return made.base_bytes + walls.memory_mb * MB + slack


def _limits(walls: Walls, made: Prepared) -> None:
    table = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: walls.box_mb * MB,
        resource.RLIMIT_NOFILE: walls.files,
        resource.RLIMIT_NPROC: walls.tasks,
        resource.RLIMIT_AS: _address_space(walls, made),
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 64,
    }
    if not made.long_lived:
        table[resource.RLIMIT_CPU] = walls.cpu_s
    for name, value in table.items():
        resource.setrlimit(name, (value, value))


def descriptors(keep: list[int]) -> None:
    """Descriptors 0 to len(keep)-1 become those in `keep`; everything else is closed."""
    high = [os.dup2(old, 200 + place) for place, old in enumerate(keep)]
    for place, old in enumerate(high):
        os.dup2(old, place)
    syscalls.syscall("close_range", len(keep), 0xFFFFFFFF, 0)


def environment() -> None:
    """Have these constants alone. The fork server does it for all its children."""
    os.environ.clear()
    os.environ.update(ENVIRONMENT)


def enter(walls: Walls, made: Prepared, ruleset: int | None, given: Given) -> None:
    """Put on every layer after the descriptors; `ruleset` is Landlock's, closed once applied.

    So is the source of the `given` files.

    Raises OSError as soon as one layer cannot be had: the child then ends without reading code.
    """
    without = made.without
    _identity()
    _box(walls, "box" not in without)
    _give(given, "box" not in without)
    if "rlimits" not in without:
        _limits(walls, made)
    if "capabilities" not in without:
        syscalls.keep_capabilities()
    syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
    if ruleset is not None:
        landlock.restrict(ruleset)
        os.close(ruleset)
    if "seccomp" not in without:
        seccomp.load(made.programs[walls.forks])
