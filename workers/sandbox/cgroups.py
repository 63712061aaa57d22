"""Memory and process counts, by cgroup v1 or v2 where we may make groups; else by rlimits alone.

One group per slot, made once and reused: what a child used is its peak above what was there when
its job arrived, so neither the jail's own pages nor a predecessor's are charged to it.
"""

import contextlib
import errno
import os
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from workers.sandbox.config import SandboxBroken

MB = 1024 * 1024
SHARE = 1024  # what the kernel gives a group of its own accord
MOUNT = Path("/sys/fs/cgroup")
PASSING = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN}
Version = Literal["v1", "v2", "none"]


class Group(Protocol):
    """The group of one slot."""

    def arm(self, memory_mb: int, processes: int) -> None:
        """Set the limits for a job that is about to arrive, counted from now."""

    def peak_mb(self) -> float:
        """The most that was held since `arm`, in MB."""

    def out_of_memory(self) -> bool:
        """Whether the kernel ended a process of this group for want of memory since `arm`."""

    def close(self) -> None:
        """Let go of the group's files."""


def _open(path: Path) -> int:
    """For writing too where that is allowed: a delegated group's counters can only be read."""
    try:
        return os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except PermissionError:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)


class _Files:
    """A group's files, opened once: opening took half a run's time in the worker."""

    def __init__(self, folder: Path, *names: str) -> None:
        self._open = {name: _open(folder / name) for name in names}

    def text(self, name: str) -> str:
        return os.pread(self._open[name], 4096, 0).decode()

    def number(self, name: str) -> int:
        text = self.text(name).strip()
        return int(text) if text.isdigit() else 0

    def field(self, name: str, key: str) -> int:
        rows = (line.split() for line in self.text(name).splitlines())
        return next((int(row[1]) for row in rows if row[0] == key), 0)

    def write(self, name: str, value: object) -> None:
        os.pwrite(self._open[name], str(value).encode(), 0)

    def close(self) -> None:
        for file in self._open.values():
            os.close(file)
        self._open.clear()


class GroupV1:
    """Two folders: one under `memory`, one under `pids`."""

    def __init__(self, memory: Path, pids: Path) -> None:
        names = ("usage_in_bytes", "max_usage_in_bytes", "limit_in_bytes", "oom_control")
        self._memory = _Files(memory, *(f"memory.{name}" for name in names))
        self._pids = _Files(pids, "pids.max")
        with contextlib.suppress(OSError):  # the limit counts memory, not what was swapped out
            (memory / "memory.swappiness").write_text("0")
        self._base = self._kills = 0

    def arm(self, memory_mb: int, processes: int) -> None:
        """See Group."""
        self._base = self._memory.number("memory.usage_in_bytes")
        self._kills = self._memory.field("memory.oom_control", "oom_kill")
        self._memory.write("memory.max_usage_in_bytes", 0)
        self._memory.write("memory.limit_in_bytes", self._base + memory_mb * MB)
        self._pids.write("pids.max", processes)

    def peak_mb(self) -> float:
        """See Group."""
        return max(0, self._memory.number("memory.max_usage_in_bytes") - self._base) / MB

    def out_of_memory(self) -> bool:
        """See Group."""
        return self._memory.field("memory.oom_control", "oom_kill") > self._kills

    def close(self) -> None:
        """See Group."""
        self._memory.close()
        self._pids.close()


class GroupV2:
    """One folder. `memory.peak` is of its whole life where it cannot be reset (before 6.12)."""

    def __init__(self, folder: Path) -> None:
        self._peak = "memory.peak" if (folder / "memory.peak").exists() else "memory.current"
        if (folder / "memory.swap.max").exists():
            (folder / "memory.swap.max").write_text("0")
        names = {"memory.current", "memory.max", "memory.events", "pids.max", self._peak}
        self._files = _Files(folder, *names)
        self._base = self._kills = 0

    def arm(self, memory_mb: int, processes: int) -> None:
        """See Group."""
        self._base = self._files.number("memory.current")
        self._kills = self._files.field("memory.events", "oom_kill")
        with contextlib.suppress(OSError):
            self._files.write(self._peak, "reset")
        self._files.write("memory.max", self._base + memory_mb * MB)
        self._files.write("pids.max", processes)

    def peak_mb(self) -> float:
        """See Group."""
        return max(0, self._files.number(self._peak) - self._base) / MB

    def out_of_memory(self) -> bool:
        """See Group."""
        return self._files.field("memory.events", "oom_kill") > self._kills

    def close(self) -> None:
        """See Group."""
        self._files.close()


@dataclass
class Groups:
    """All slots' groups, the files a child's id is written to, and the folders to remove."""

    version: Version
    slots: list[Group] = field(default_factory=list)
    joins: dict[int, list[str]] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)
    reason: str = ""

    def remove(self) -> None:
        """Take the folders away; a group whose last process is still ending is waited for."""
        for slot in self.slots:
            slot.close()
        self.slots.clear()
        for folder in reversed(self.folders):
            for _ in range(200):
                try:
                    folder.rmdir()
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(0.01)
                else:
                    break


def _own(controller: str) -> Path:
    """Our own group's folder for a v1 controller, or for v2 when `controller` is empty."""
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, names, path = line.split(":", 2)
        if controller in names.split(","):
            base = MOUNT / controller if controller else _unified()
            place = base / path.lstrip("/")
            return place if place.is_dir() else base
    raise FileNotFoundError(f"no cgroup controller '{controller}'")


def _unified() -> Path:
    return MOUNT if (MOUNT / "cgroup.controllers").exists() else MOUNT / "unified"


def _stale(parent: Path) -> None:
    """Remove what a killed worker left."""
    for folder in parent.glob("xgrad-*"):
        pid = folder.name.split("-")[1]
        if pid.isdigit() and not Path("/proc", pid).exists():
            for inner in (*folder.glob("slot-*"), folder):
                with contextlib.suppress(OSError):
                    inner.rmdir()


def _make_v1(name: str, slots: int, groups: Groups) -> None:
    parents = []
    for controller in ("memory", "pids"):
        own = _own(controller)
        _stale(own)
        parent = own / name
        parent.mkdir()
        groups.folders.append(parent)
        parents.append(parent)
    for slot in range(slots):
        places = [parent / f"slot-{slot}" for parent in parents]
        for place in places:
            place.mkdir()
            groups.folders.append(place)
        groups.joins[slot] = [str(place / "cgroup.procs") for place in places]
        groups.slots.append(GroupV1(memory=places[0], pids=places[1]))
    groups.version = "v1"
    with contextlib.suppress(OSError):
        _share_v1(name, slots, groups)


def _share_v1(name: str, slots: int, groups: Groups) -> None:
    """Each slot gets the same share of the processor, however many processes run in it.

    Else one script's sixteen would leave its neighbour a seventeenth, and make it late.
    """
    own = _own("cpu")
    _stale(own)
    parent = own / name
    parent.mkdir()
    groups.folders.append(parent)
    (parent / "cpu.shares").write_text(str(SHARE * slots))
    for slot in range(slots):
        place = parent / f"slot-{slot}"
        place.mkdir()
        groups.folders.append(place)
        groups.joins[slot].append(str(place / "cgroup.procs"))


def _delegate(own: Path) -> None:
    """Let our group have children with memory and pids; a group may not hold processes then."""
    control = own / "cgroup.subtree_control"
    try:
        control.write_text("+memory +pids")
    except OSError:
        leaf = own / "xgrad-service"
        leaf.mkdir(exist_ok=True)
        (leaf / "cgroup.procs").write_text(str(os.getpid()))
        control.write_text("+memory +pids")


def _make_v2(name: str, slots: int, groups: Groups) -> None:
    own = _own("")
    if own.name == "xgrad-service":
        own = own.parent
    _stale(own)
    _delegate(own)
    parent = own / name
    parent.mkdir()
    groups.folders.append(parent)
    (parent / "cgroup.subtree_control").write_text("+memory +pids")
    with contextlib.suppress(OSError):  # a share of the processor for each slot, see _share_v1
        (own / "cgroup.subtree_control").write_text("+cpu")
        (parent / "cgroup.subtree_control").write_text("+cpu")
        (parent / "cpu.weight").write_text(str(min(100 * slots, 10_000)))
    for slot in range(slots):
        place = parent / f"slot-{slot}"
        place.mkdir()
        groups.folders.append(place)
        groups.joins[slot] = [str(place / "cgroup.procs")]
        groups.slots.append(GroupV2(place))
    groups.version = "v2"


def make(slots: int) -> Groups:
    """Groups for `slots` slots by whichever version allows it; version `none` and why, else.

    Raises SandboxBroken when the machine has them and is short of something just now.
    """
    name = f"xgrad-{os.getpid()}-{secrets.token_hex(3)}"
    v1 = (MOUNT / "memory").is_dir()
    reasons = []
    for maker in (_make_v1, _make_v2) if v1 else (_make_v2,):
        groups = Groups("none")
        try:
            maker(name, slots, groups)
        except OSError as fault:
            groups.remove()
            if fault.errno in PASSING:
                raise SandboxBroken(f"no control groups could be made: {fault}") from fault
            reasons.append(str(fault))
        else:
            return groups
    return Groups("none", reason="; ".join(reasons))
