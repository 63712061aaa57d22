"""Memory and process counts, by cgroup v1 or v2 where we may make groups; else by rlimits alone.

One group per slot, made once and reused: what a child used is its peak above what was there when
its job arrived, so neither the jail's own pages nor a predecessor's are charged to it.
"""

import contextlib
import os
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

MB = 1024 * 1024
MOUNT = Path("/sys/fs/cgroup")
Version = Literal["v1", "v2", "none"]


class Group(Protocol):
    """The group of one slot."""

    def arm(self, memory_mb: int, processes: int) -> None:
        """Set the limits for a job that is about to arrive, counted from now."""

    def peak_mb(self) -> float:
        """The most that was held since `arm`, in MB."""

    def out_of_memory(self) -> bool:
        """Whether the kernel ended a process of this group for want of memory since `arm`."""


def _number(path: Path) -> int:
    text = path.read_text().strip()
    return int(text) if text.isdigit() else 0


def _field(path: Path, name: str) -> int:
    rows = (line.split() for line in path.read_text().splitlines())
    return next((int(row[1]) for row in rows if row[0] == name), 0)


@dataclass
class GroupV1:
    """Two folders: one under `memory`, one under `pids`."""

    memory: Path
    pids: Path
    _base: int = 0
    _kills: int = 0

    def arm(self, memory_mb: int, processes: int) -> None:
        """See Group."""
        self._base = _number(self.memory / "memory.usage_in_bytes")
        self._kills = self._count()
        (self.memory / "memory.max_usage_in_bytes").write_text("0")
        (self.memory / "memory.limit_in_bytes").write_text(str(self._base + memory_mb * MB))
        (self.pids / "pids.max").write_text(str(processes))

    def _count(self) -> int:
        return _field(self.memory / "memory.oom_control", "oom_kill")

    def peak_mb(self) -> float:
        """See Group."""
        return max(0, _number(self.memory / "memory.max_usage_in_bytes") - self._base) / MB

    def out_of_memory(self) -> bool:
        """See Group."""
        return self._count() > self._kills


@dataclass
class GroupV2:
    """One folder; `memory.peak` is the whole life's, so the base is taken from it when it rose."""

    folder: Path
    _base: int = 0
    _kills: int = 0

    def arm(self, memory_mb: int, processes: int) -> None:
        """See Group."""
        self._base = _number(self.folder / "memory.current")
        self._kills = self._count()
        with contextlib.suppress(OSError):  # resettable since Linux 6.12
            (self.folder / "memory.peak").write_text("reset")
        (self.folder / "memory.max").write_text(str(self._base + memory_mb * MB))
        with contextlib.suppress(OSError):
            (self.folder / "memory.swap.max").write_text("0")
        (self.folder / "pids.max").write_text(str(processes))

    def _count(self) -> int:
        return _field(self.folder / "memory.events", "oom_kill")

    def peak_mb(self) -> float:
        """See Group."""
        name = "memory.peak" if (self.folder / "memory.peak").exists() else "memory.current"
        return max(0, _number(self.folder / name) - self._base) / MB

    def out_of_memory(self) -> bool:
        """See Group."""
        return self._count() > self._kills


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
    for slot in range(slots):
        place = parent / f"slot-{slot}"
        place.mkdir()
        groups.folders.append(place)
        groups.joins[slot] = [str(place / "cgroup.procs")]
        groups.slots.append(GroupV2(place))
    groups.version = "v2"


def make(slots: int) -> Groups:
    """Groups for `slots` slots by whichever version allows it; version `none` and why, else."""
    name = f"xgrad-{os.getpid()}-{secrets.token_hex(3)}"
    v1 = (MOUNT / "memory").is_dir()
    reasons = []
    for maker in (_make_v1, _make_v2) if v1 else (_make_v2,):
        groups = Groups("none")
        try:
            maker(name, slots, groups)
        except OSError as fault:
            groups.remove()
            reasons.append(str(fault))
        else:
            return groups
    return Groups("none", reason="; ".join(reasons))
