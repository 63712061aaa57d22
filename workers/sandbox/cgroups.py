"""Groups for the slots, by cgroup v1 or v2 where we may make them; else rlimits bound them."""

import contextlib
import errno
import os
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from workers.sandbox.config import SandboxBroken
from workers.sandbox.group import Group, GroupV1, GroupV2

ENDING_S = 10.0
SHARE = 1024  # what the kernel gives a group of its own accord
MOUNT = Path("/sys/fs/cgroup")
PASSING = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN}
Version = Literal["v1", "v2", "none"]


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
        until = time.monotonic() + ENDING_S
        for folder in reversed(self.folders):
            while not _removed(folder) and time.monotonic() < until:
                time.sleep(0.01)


def _removed(folder: Path) -> bool:
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


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
        places = [_place(parent, slot, groups) for parent in parents]
        groups.joins[slot] = [str(place / "cgroup.procs") for place in places]
    clocks = _share_v1(name, slots, groups)
    for slot in range(slots):
        memory, pids = (parent / f"slot-{slot}" for parent in parents)
        groups.slots.append(GroupV1(memory, pids, clocks.get(slot)))
    groups.version = "v1"


def _place(parent: Path, slot: int, groups: Groups) -> Path:
    place = parent / f"slot-{slot}"
    place.mkdir()
    groups.folders.append(place)
    return place


def _share_v1(name: str, slots: int, groups: Groups) -> dict[int, Path]:
    """Each slot gets the same share of the processor, however many processes run in it.

    Else one script's sixteen would leave its neighbour a seventeenth, and make it late. Gives the
    folders in which the processor time of all of them together is counted, as far as they are had.
    """
    clocks: dict[int, Path] = {}
    with contextlib.suppress(OSError):
        for controller in _processor_controllers():
            own = _own(controller)
            _stale(own)
            parent = own / name
            parent.mkdir()
            groups.folders.append(parent)
            if controller == "cpu":
                (parent / "cpu.shares").write_text(str(SHARE * slots))
            for slot in range(slots):
                place = _place(parent, slot, groups)
                groups.joins[slot].append(str(place / "cgroup.procs"))
                if (place / "cpuacct.usage").exists():
                    clocks[slot] = place
    return clocks


def _processor_controllers() -> tuple[str, ...]:
    """Most systems mount the two as one."""
    together = (_own("cpu") / "cpuacct.usage").exists()
    return ("cpu",) if together else ("cpu", "cpuacct")


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
        place = _place(parent, slot, groups)
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
