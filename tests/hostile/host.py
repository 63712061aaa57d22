"""What must be whole on the machine: the fork server, its groups, processes, mounts, neighbours."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from rubrics.job import Job, Run
from workers.sandbox import Sandbox

HONEST = b"""
import torch
x = torch.tensor([0.1, 0, 0.2, 1.0], dtype=torch.float32, requires_grad=True)
a = x + torch.tensor([1.0, 1.4, 1.0, 2.0])
b = a ** (4 * x)
y = ((b + 3) * 5).mean()
y.backward()
"""
SLOW = b"import time\ntime.sleep(0.3)\n" + HONEST
Score = Callable[[dict[str, bytes], Run], float | None]


def honest(script: bytes = HONEST) -> Job:
    """A submission that earns four points."""
    return Job(files={"a.py": script}, entry="a.py", collect=("x.grad",))


class Host:
    """Looked at before; `harmed` says what is not as it was, `left` what outlived its run."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._zygote = sandbox._pool.zygote.pid
        self._mounts = Path("/proc/self/mounts").read_text()

    def harmed(self) -> str:
        """At any time: the same fork server, with one thread, and the same mounts."""
        pid = self._sandbox._pool.zygote.pid
        if pid != self._zygote:
            return "the fork server had to be replaced"
        if len(list(Path(f"/proc/{pid}/task").iterdir())) != 1:
            return "the fork server has another thread"
        if Path("/proc/self/mounts").read_text() != self._mounts:
            return "something was mounted or unmounted"
        return ""

    def left(self, within_s: float = 10) -> str:
        """While nothing runs: children that wait for a job, and no other process, in any group."""
        until = time.monotonic() + within_s
        while (more := self._more()) and time.monotonic() < until:
            time.sleep(0.02)
        return f"left behind: {more}" if more else ""

    def _more(self) -> str:
        pool = self._sandbox._pool
        with pool._change:
            waiting = {placed.child.pid for placed in pool._waiting}
        others = _session(self._zygote) - waiting - {self._zygote}
        inside = self._in_groups() - waiting
        return " ".join(
            [*(f"process {pid}" for pid in others), *(f"in a group {pid}" for pid in inside)]
        )

    def _in_groups(self) -> set[int]:
        assert self._sandbox._servers is not None
        groups = self._sandbox._servers.first._groups
        paths = [path for slot in groups.joins.values() for path in slot] if groups else []
        return {int(pid) for path in paths for pid in Path(path).read_text().split()}


def _session(leader: int) -> set[int]:
    """Processes of a session: no attack can leave it, and the fork server leads one of its own."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            found.add(int(folder.name))
    return found


class Neighbour(threading.Thread):
    """Hands in honest work all the time, in a slot beside the attacks; all must be graded right."""

    def __init__(self, sandbox: Sandbox, score: Score) -> None:
        super().__init__(name="neighbour", daemon=True)
        self._sandbox, self._score = sandbox, score
        self._over = threading.Event()
        self.runs = 0
        self.harmed = ""

    def run(self) -> None:
        """Until closed."""
        job = honest(SLOW)
        while not self._over.is_set() and not self.harmed:
            try:
                run = self._sandbox.run(job)
                if self._score(job.files, run) != 4.0:
                    self.harmed = f"a neighbour was graded wrong: {run.ended} {run.explanation}"
            except Exception as fault:
                self.harmed = f"a neighbour broke: {fault}"
            self.runs += 1

    def close(self) -> None:
        """Let the last one end."""
        self._over.set()
        self.join()


class Metronome(threading.Thread):
    """How late this process itself was: a busy machine is not the sandbox's fault."""

    TICK_S = 0.02

    def __init__(self) -> None:
        super().__init__(name="metronome", daemon=True)
        self._late: list[tuple[float, float]] = []
        self._over = threading.Event()

    def run(self) -> None:
        """Sleep, and note by how much more than was asked for."""
        before = time.monotonic()
        while not self._over.wait(self.TICK_S):
            now = time.monotonic()
            self._late.append((now, now - before - self.TICK_S))
            before = now

    def late_s(self, since: float) -> float:
        """Seconds by which all ticks since then were late, together."""
        return sum(late for at, late in list(self._late) if at >= since and late > self.TICK_S)

    def close(self) -> None:
        """Stop."""
        self._over.set()
        self.join()
