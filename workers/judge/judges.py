"""The judges' processes: one an assignment version, made at need, replaced when idle or stuck."""

import threading
import time
from collections import deque
from pathlib import Path

from rubrics import loader
from workers.judge import wire
from workers.judge.process import JudgeBroken, JudgeProcess
from workers.sandbox import cgroups, ids, launch
from workers.sandbox.config import Required, SandboxBroken, SandboxRefused, missing

UID_BASE = ids.FIRST + 3000
WALLS = {
    "memory_mb": 4096, "cpu_s": 0, "box_mb": 128, "box_files": 4096, "tasks": 32, "forks": True,
    "files": 64,
}  # fmt: skip


class Judges:
    """Thread-safe. Judges are forks of a server of their own, which never runs student code.

    The server's environment is empty but for `capability`, the vector instructions that torch
    uses at most (`default` for none; see ATEN_CPU_CAPABILITY).
    """

    def __init__(
        self, most: int, idle_s: float, capability: str | None, required: Required
    ) -> None:
        self._required = required
        self.most, self._idle_s, self._capability = most, idle_s, capability
        self._judges: dict[str, JudgeProcess] = {}
        self._free = deque(range(most + 1))
        self._lock = threading.RLock()
        self._zygote: launch.Zygote | None = None
        self._groups: cgroups.Groups | None = None
        self._closed = False
        threading.Thread(target=self._warm, name="judge-server", daemon=True).start()

    def _warm(self) -> None:
        """Start the server ahead of the first submission; a failure is told when it is needed."""
        try:
            self.server()
        except JudgeBroken:
            return

    def server(self) -> launch.Zygote:
        """The fork server, started if none runs. Raises JudgeBroken."""
        with self._lock:
            if self._closed:
                raise JudgeBroken("the judges are closed")
            if self._zygote is None or not self._zygote.alive():
                self._drop_all()
                try:
                    if self._groups is None:
                        self._groups = cgroups.make(self.most + 1)
                    order = launch.judge_order(self._groups.joins, UID_BASE, self._capability)
                    self._zygote = launch.Zygote(order)
                except (SandboxRefused, SandboxBroken) as fault:
                    raise JudgeBroken(str(fault)) from fault
            return self._zygote

    def _drop_all(self) -> None:
        for judge in list(self._judges.values()):
            # One that is being asked is closed by its asker, who may read from it this very moment:
            # the number of a closed descriptor is soon that of another judge's.
            held = not judge.lock.acquire(blocking=False)
            self.drop(judge, close=not held)
            if not held:
                judge.lock.release()
        if self._zygote is not None:
            self._zygote.close()
            self._zygote = None

    def take(self, folder: Path, digest: str, deadline: float) -> JudgeProcess:
        """The judge of this digest, locked for the caller."""
        while True:
            with self._lock:
                self.server()
                self._evict()
                judge = self._judges.get(digest)
                if judge is None and self._free:
                    judge = self._make(folder, digest)
            if judge is None:
                self._wait(deadline)
                continue
            if not judge.lock.acquire(timeout=max(0.0, deadline - time.monotonic())):
                raise JudgeBroken("the judge was busy for too long")
            if self._judges.get(digest) is judge:
                return self._ready(judge, folder, deadline)
            judge.lock.release()

    def release(self, judge: JudgeProcess) -> None:
        """Let go of a judge that was taken."""
        with self._lock:
            if self._judges.get(judge.digest) is not judge:
                judge.close()
            judge.lock.release()

    @staticmethod
    def _wait(deadline: float) -> None:
        """Every place is taken by a judge at work: a little later one will be idle."""
        if time.monotonic() > deadline:
            raise JudgeBroken("all judges were busy for too long")
        time.sleep(0.02)

    def _ready(self, judge: JudgeProcess, folder: Path, deadline: float) -> JudgeProcess:
        """Give a new judge its assignment; others of the same digest wait on its lock meanwhile."""
        if judge.versions:
            return judge
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes() for path in loader.files(folder)
        }
        place = f"{folder.parent.name or 'course'}/{folder.name}"
        try:
            told = judge.ask(wire.pack_folder(place, files), deadline - time.monotonic())
            judge.versions = {str(key): str(value) for key, value in told["versions"].items()}
        except (JudgeBroken, KeyError, AttributeError) as fault:
            self.drop(judge)
            self.release(judge)
            raise JudgeBroken(f"the assignment could not be loaded: {fault}") from fault
        return judge

    def _make(self, folder: Path, digest: str) -> JudgeProcess:
        if not folder.is_dir():
            raise JudgeBroken(f"the folder of assignment {digest[:12]} is not there")
        slot = self._free.popleft()
        try:
            child = self.server().spawn(slot, WALLS)
        except BaseException as fault:
            self._free.append(slot)
            if isinstance(fault, SandboxBroken):
                raise JudgeBroken(str(fault)) from fault
            raise
        lacking = missing(frozenset(child.layers), self._required)
        judge = JudgeProcess(child, slot, digest)
        if lacking:
            self._judges[digest] = judge
            self.drop(judge)
            raise JudgeBroken(f"the judge's jail lacks: {', '.join(lacking)}")
        if self._groups is not None and self._groups.slots:
            self._groups.slots[slot].arm(WALLS["memory_mb"], WALLS["tasks"])
        self._judges[digest] = judge
        return judge

    def _evict(self) -> None:
        """Make room: the longest idle goes when there are too many, any that idles too long too."""
        now = time.monotonic()
        for judge in sorted(self._judges.values(), key=lambda one: one.used):
            crowded = len(self._judges) >= self.most + 1 or not self._free
            if (crowded or now - judge.used > self._idle_s) and judge.lock.acquire(blocking=False):
                self.drop(judge)
                judge.lock.release()

    def drop(self, judge: JudgeProcess, close: bool = True) -> None:
        """End a judge and free its place; those who wait on it will find another."""
        with self._lock:
            if self._judges.get(judge.digest) is not judge:
                return
            del self._judges[judge.digest]
            judge.kill()
            if self._zygote is not None and self._zygote.alive():
                self._bury(self._zygote, judge)
            if close:
                judge.close()
            self._free.append(judge.slot)

    def _bury(self, zygote: launch.Zygote, judge: JudgeProcess) -> None:
        try:
            zygote.reap(judge.child.pid)
        except SandboxBroken:
            return

    def pids(self) -> dict[str, int]:
        """Process ids of the judges by digest, for staff and tests."""
        with self._lock:
            return {digest: judge.child.pid for digest, judge in self._judges.items()}

    def close(self) -> None:
        """End all judges and their server."""
        with self._lock:
            self._closed = True
            self._drop_all()
            groups, self._groups = self._groups, None
        if groups is not None:
            groups.remove()
