"""Drive one waiting child through one job, from outside: feed it, listen, stop it at a limit."""

import contextlib
import os
import select
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from rubrics.job import Input, Job
from workers import frames
from workers.sandbox import call_report
from workers.sandbox.group import Group
from workers.sandbox.launch import Child, readable

Stop = Literal["reported", "ended", "wall", "cpu", "output", "values", "processes", "protocol"]
CHUNK = 1 << 18
TICK_S = 0.05
GRACE_S = 1.0
JSON_ROOM = 2 << 20
FRAMES = 3  # started, report, tensors; and with calls: ready, and two each
CALL_ROOM = 64 << 10


@dataclass
class Watched:
    """What was seen of one run. `parts` are the whole frames that came, in order.

    `processes` were counted at once, where the job may have several and there is a group to count.
    """

    stop: Stop = "ended"
    parts: list[tuple[str, bytes]] = field(default_factory=list)
    output: bytes = b""
    detail: str = ""
    wall_ms: float = 0.0
    cpu_ms: float = 0.0
    peak_mb: float = 0.0
    processes: int = 0
    gone: bool = False


def encode(job: Job) -> bytes:
    """The job as two frames: what to do, then the bytes of files and inputs one after the other.

    The `given` files are in the box already, see `Pool.take`.
    """
    files = {name: data for name, data in job.files.items() if name not in job.given}
    order = {
        "entry": job.entry,
        "as_module": job.as_module,
        "files": [[name, len(data)] for name, data in files.items()],
        "given": list(job.given),
        "inputs": [[name, _layout(one), len(one.tensor.data)] for name, one in job.inputs.items()],
        "calls": [call.model_dump() for call in job.calls],
        "call_s": job.limits.call_s,
        "collect": list(job.collect),
        "values": job.limits.values_mb << 20,
        "gives_back": job.gives_back,
    }
    blob = [*files.values(), *(one.tensor.data for one in job.inputs.values())]
    return frames.pack_json(order) + frames.pack("B", b"".join(blob))


def _layout(one: Input) -> dict[str, Any]:
    told = one.model_dump(exclude={"tensor"})
    return told | {"dtype": one.tensor.dtype, "shape": one.tensor.shape}


def cpu_clock(pid: int) -> float:
    """CPU seconds of a process and all its threads, to the microsecond; 0 when it has ended."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def resident_mb(pid: int, field: str) -> float:
    """Memory of a process as the kernel shows it to anyone; 0 when it has ended.

    Used where there is no group to ask; pages shared with the fork server are in it at both ends.
    """
    try:
        rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    found = next((row.split()[1] for row in rows if row.startswith(field + ":")), "0")
    return int(found) / 1024


class Watch:
    """One run: construct, then `until_end()`."""

    def __init__(self, child: Child, job: Job, group: Group | None) -> None:
        self._child, self._limits, self._group = child, job.limits, group
        self._unsent = memoryview(encode(job))
        room = (job.limits.values_mb << 20) + 2 * JSON_ROOM + len(job.calls) * CALL_ROOM
        self._reader = frames.Reader(room, JSON_ROOM)
        self._most = FRAMES + (1 + 2 * len(job.calls) if job.calls else 0)
        self._seen = Watched()
        self._output = bytearray()
        self._silent = False
        self._poll = select.poll()
        for file in (child.job, child.result, child.output):
            os.set_blocking(file, False)
        self._poll.register(child.job, select.POLLOUT)
        self._poll.register(child.result, select.POLLIN)
        self._poll.register(child.output, select.POLLIN)
        self._poll.register(child.pidfd, select.POLLIN)
        self._by_process = group is None or not group.tells_peak
        self._held = resident_mb(child.pid, "VmRSS") if self._by_process else 0.0
        self._cpu_before = cpu_clock(child.pid)
        self._cpu = self._cpu_before
        self._started = self._look_at = time.monotonic()

    def until_end(self) -> Watched:
        """Feed and listen until a report, the end, or a limit; then kill whatever is left."""
        try:
            while not self._step():
                pass
        except frames.FrameError as fault:
            too_much = fault.reason == "too_large"
            self._stop("values" if too_much else "protocol", str(fault))
        if self._seen.stop == "ended" and not self._gone(GRACE_S):
            self._stop("protocol", "the channel was closed")
        if self._seen.stop == "reported" and self.incomplete:
            self._stop("protocol", "half a frame behind the report")
        self._seen.wall_ms = (time.monotonic() - self._started) * 1e3
        self._measure()
        self._drain()
        self._child.kill()
        self._seen.output = bytes(self._output)
        return self._seen

    def _measure(self) -> None:
        now = cpu_clock(self._child.pid)
        self._cpu = max(self._cpu, now)
        self._seen.gone = now == 0.0
        self._seen.cpu_ms = self._spent() * 1e3
        if self._by_process:
            peak = resident_mb(self._child.pid, "VmHWM")
            self._seen.gone |= peak == 0.0  # it is told at the burial then, see `account`
            self._seen.peak_mb = max(0.0, peak - self._held)
        elif self._group is not None:
            with contextlib.suppress(OSError):
                self._seen.peak_mb = self._group.peak_mb()

    def _stop(self, why: Stop, detail: str = "") -> bool:
        self._seen.stop, self._seen.detail = why, detail
        return True

    def _finish(self) -> bool:
        """Nothing more can come: it is a report if more came than word of the start."""
        _, others = call_report.split(self._seen.parts)
        return self._stop("reported" if len(others) > 1 else "ended")

    def _step(self) -> bool:
        """One round of the poll; whether the run is over."""
        left = self._limits.wall_s - (time.monotonic() - self._started)
        if left <= 0:
            return self._stop("wall")
        ready = dict(self._poll.poll(min(left, TICK_S) * 1e3))
        if self._child.job in ready:
            self._send()
        if self._child.output in ready and self._listen():
            return self._stop("output")
        if self._child.result in ready and self._take():
            return self._finish()
        if self._child.pidfd in ready:
            while not self._take():
                pass
            return self._finish()
        return self._look(quiet=not ready) and (self._burnt() or self._crowded())

    def _look(self, quiet: bool) -> bool:
        """Whether it is time to look at clock and group, also of a script that is never silent."""
        now = time.monotonic()
        if not quiet and now < self._look_at:
            return False
        self._look_at = now + TICK_S
        return True

    def _burnt(self) -> bool:
        self._cpu = max(self._cpu, cpu_clock(self._child.pid))
        return self._spent() > self._limits.cpu_s and self._stop("cpu")

    def _crowded(self) -> bool:
        """Whether there are more processes than it may have; where it may have one it cannot fork.

        The kernel bounds their sum with the threads at every moment; this looks now and then, and
        not at the end: with the first process the kernel ends all others before we learn of it.
        """
        if self._group is None or self._limits.processes == 1:
            return False
        with contextlib.suppress(OSError):
            self._seen.processes = self._group.processes()
        return self._seen.processes > self._limits.processes and self._stop("processes")

    def _spent(self) -> float:
        """Processor seconds so far: of all processes where a group counts them."""
        together = 0.0
        if self._group is not None:
            with contextlib.suppress(OSError):
                together = self._group.cpu_s()
        return max(together, self._cpu - self._cpu_before)

    def _send(self) -> None:
        try:
            self._unsent = self._unsent[os.write(self._child.job, self._unsent) :]
        except BrokenPipeError:
            self._unsent = self._unsent[:0]
        if not self._unsent:
            self._poll.unregister(self._child.job)

    def _listen(self) -> bool:
        """Take output; whether it is more than the limit."""
        cap = self._limits.output_kb * 1024
        with contextlib.suppress(BlockingIOError):
            data = os.read(self._child.output, CHUNK)
            if not data and not self._silent:
                self._silent = True
                self._poll.unregister(self._child.output)
            self._output += data[: cap + 1 - len(self._output)]
        return len(self._output) > cap

    def _take(self) -> bool:
        """Take what is on the result pipe; whether nothing more can come."""
        try:
            data = os.read(self._child.result, CHUNK)
        except BlockingIOError:
            # Only reached after the process has ended: another holder cannot be alive.
            return self._gone(0)
        if not data:
            return True
        self._reader.feed(data)
        self._seen.parts += list(self._reader.frames())
        if len(self._seen.parts) > self._most:
            raise frames.FrameError("trailing_frame")
        return False

    def _gone(self, within_s: float) -> bool:
        """Whether the process has ended, or does within some time."""
        return readable(self._child.pidfd, within_s)

    def _drain(self) -> None:
        """What was printed just before the end is still in the pipe."""
        if self._seen.stop in ("reported", "ended"):
            before = -1
            while before != len(self._output):
                before = len(self._output)
                if self._listen():
                    self._stop("output")
                    return

    def account(self, total_cpu_s: float, peak_mb: float) -> None:
        """Take what the kernel told of the first process when it was buried."""
        used = (total_cpu_s - self._cpu_before) * 1e3
        self._seen.cpu_ms = max(self._seen.cpu_ms, used)
        if self._by_process:
            self._seen.peak_mb = max(self._seen.peak_mb, peak_mb - self._held)

    @property
    def incomplete(self) -> int:
        """Bytes of a frame that never became whole."""
        return self._reader.pending
