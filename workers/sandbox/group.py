"""The control group of one slot: its limits, what was used in it, and who was ended for it.

It is made once and reused: what a child used is counted from what was there when its job arrived,
so neither the jail's own pages nor a predecessor's are charged to it.
"""

import contextlib
import os
from pathlib import Path
from typing import Protocol

MB = 1024 * 1024
WAITING_MB = 32
"""More than a waiting child ever holds, which is some 5 MB; what lies above is a predecessor's."""


class Group(Protocol):
    """The group of one slot. `tells_peak` is false where the kernel does not tell it of one run."""

    tells_peak: bool

    def arm(self, memory_mb: int, tasks: int, given_mb: int = 0) -> None:
        """Set the limits for a job that is about to arrive, counted from now.

        `tasks` are processes and threads together; `given_mb` is what the files of the assignment's
        own may take by now.
        """

    def processes(self) -> int:
        """How many processes there are just now, whatever their threads; raises OSError."""

    def peak_mb(self) -> float:
        """The most that was held since `arm`, in MB; not to be asked unless `tells_peak`."""

    def cpu_s(self) -> float:
        """Processor seconds of all processes since `arm`; 0 where nobody counts them."""

    def out_of_memory(self) -> bool:
        """Whether the kernel ended a process of this group for want of memory since `arm`."""

    def empty(self) -> None:
        """Give back what ended processes left charged to the group: pages of files they read.

        Such pages go as soon as room is wanted, so a successor could use their room above its own
        limit. That limit is lifted until `arm`: a child that is made with more files than the last
        job could hold is not to die of it. To be called while no process is in the group.
        """

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


def _counted(members: Path) -> int:
    """Opened anew each time: v1 keeps the list of an open file for a second, and reads it again."""
    return len(set(members.read_text().split()))


class GroupV1:
    """A folder under `memory` and one under `pids`; under `cpuacct` where that can be had."""

    tells_peak = True

    def __init__(self, memory: Path, pids: Path, cpuacct: Path | None = None) -> None:
        names = ("usage_in_bytes", "max_usage_in_bytes", "limit_in_bytes", "oom_control")
        self._memory = _Files(memory, *(f"memory.{name}" for name in names))
        self._pids = _Files(pids, "pids.max")
        self._clock = _Files(cpuacct, "cpuacct.usage") if cpuacct is not None else None
        self._members = pids / "cgroup.procs"
        self._drop = memory / "memory.force_empty"
        with contextlib.suppress(OSError):  # the limit counts memory, not what was swapped out
            (memory / "memory.swappiness").write_text("0")
        self._base = self._kills = self._ran = 0

    def arm(self, memory_mb: int, tasks: int, given_mb: int = 0) -> None:
        """See Group."""
        self._base = min(self._memory.number("memory.usage_in_bytes"), (WAITING_MB + given_mb) * MB)
        self._kills = self._memory.field("memory.oom_control", "oom_kill")
        self._ran = self._nanoseconds()
        self._memory.write("memory.max_usage_in_bytes", 0)
        self._memory.write("memory.limit_in_bytes", self._base + memory_mb * MB)
        self._pids.write("pids.max", tasks)

    def processes(self) -> int:
        """See Group."""
        return _counted(self._members)

    def peak_mb(self) -> float:
        """See Group."""
        return max(0, self._memory.number("memory.max_usage_in_bytes") - self._base) / MB

    def cpu_s(self) -> float:
        """See Group."""
        return (self._nanoseconds() - self._ran) / 1e9

    def _nanoseconds(self) -> int:
        return self._clock.number("cpuacct.usage") if self._clock is not None else 0

    def out_of_memory(self) -> bool:
        """See Group."""
        return self._memory.field("memory.oom_control", "oom_kill") > self._kills

    def empty(self) -> None:
        """See Group."""
        self._memory.write("memory.limit_in_bytes", -1)
        if self._memory.number("memory.usage_in_bytes") > WAITING_MB * MB // 4:
            self._drop.write_text("0")

    def close(self) -> None:
        """See Group."""
        self._memory.close()
        self._pids.close()
        if self._clock is not None:
            self._clock.close()


class GroupV2:
    """One folder.

    `memory.peak` came with Linux 5.19 and can be reset since 6.12. Before, it is of the group's
    whole life, and so says nothing of one run.
    """

    def __init__(self, folder: Path) -> None:
        if (folder / "memory.swap.max").exists():
            (folder / "memory.swap.max").write_text("0")
        names = ["memory.current", "memory.max", "memory.events", "pids.max", "cpu.stat"]
        if (folder / "memory.peak").exists():
            names.append("memory.peak")
        self._files = _Files(folder, *names)
        self._members = folder / "cgroup.procs"
        self._drop = folder / "memory.reclaim"
        self.tells_peak = "memory.peak" in names
        self._base = self._kills = self._ran = 0

    def arm(self, memory_mb: int, tasks: int, given_mb: int = 0) -> None:
        """See Group."""
        self._base = min(self._files.number("memory.current"), (WAITING_MB + given_mb) * MB)
        self._kills = self._files.field("memory.events", "oom_kill")
        self._ran = self._files.field("cpu.stat", "usage_usec")
        if self.tells_peak:
            self._reset_peak()
        self._files.write("memory.max", self._base + memory_mb * MB)
        self._files.write("pids.max", tasks)

    def processes(self) -> int:
        """See Group."""
        return _counted(self._members)

    def _reset_peak(self) -> None:
        try:
            self._files.write("memory.peak", "reset")
        except OSError:
            self.tells_peak = False

    def peak_mb(self) -> float:
        """See Group."""
        return max(0, self._files.number("memory.peak") - self._base) / MB

    def cpu_s(self) -> float:
        """See Group."""
        return (self._files.field("cpu.stat", "usage_usec") - self._ran) / 1e6

    def out_of_memory(self) -> bool:
        """See Group."""
        return self._files.field("memory.events", "oom_kill") > self._kills

    def empty(self) -> None:
        """See Group."""
        self._files.write("memory.max", "max")
        left = self._files.number("memory.current")
        if left > WAITING_MB * MB // 4:
            self._drop.write_text(str(left))

    def close(self) -> None:
        """See Group."""
        self._files.close()
