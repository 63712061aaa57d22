"""Warm judges, one an assignment version: found by digest, made at need, replaced when stuck."""

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from rubrics import loader
from rubrics.answers import ParsedAnswer
from rubrics.findings import Room, VariantReport, WrongSample
from rubrics.grade import QuestionGrade
from rubrics.job import Job, Run
from workers.judge import wire
from workers.judge.process import JudgeBroken, JudgeProcess
from workers.sandbox import cgroups, launch
from workers.sandbox.config import SandboxBroken, SandboxRefused, missing

Answer = TypeVar("Answer")

UID_BASE = 64000
_GRADES = TypeAdapter(list[QuestionGrade])
WALLS = {"memory_mb": 4096, "cpu_s": 0, "box_mb": 128, "box_files": 4096, "processes": 32}


@dataclass(frozen=True)
class Verdict:
    """What a judge found for each question, in the assignment's order, and what it ran on."""

    questions: tuple[QuestionGrade, ...]
    versions: dict[str, str]


class JudgePool:
    """Thread-safe. Judges are forks of a server of their own, which never runs student code.

    The server's environment is empty but for `capability`, the vector instructions that torch
    uses at most (`default` for none; see ATEN_CPU_CAPABILITY).
    """

    def __init__(
        self, max_judges: int = 4, idle_s: float = 1800.0, capability: str | None = None
    ) -> None:
        self._max, self._idle_s, self._capability = max_judges, idle_s, capability
        self._judges: dict[str, JudgeProcess] = {}
        self._free = deque(range(max_judges + 1))
        self._lock = threading.RLock()
        self._zygote: launch.Zygote | None = None
        self._groups: cgroups.Groups | None = None
        self._closed = False
        threading.Thread(target=self._warm, name="judge-server", daemon=True).start()

    def _warm(self) -> None:
        """Start the server ahead of the first submission; a failure is told when it is needed."""
        try:
            self._server()
        except JudgeBroken:
            return

    def _server(self) -> launch.Zygote:
        with self._lock:
            if self._closed:
                raise JudgeBroken("the judges are closed")
            if self._zygote is None or not self._zygote.alive():
                self._drop_all()
                if self._groups is None:
                    self._groups = cgroups.make(self._max + 1)
                try:
                    order = launch.judge_order(self._groups.joins, UID_BASE, self._capability)
                    self._zygote = launch.Zygote(order)
                except SandboxRefused as fault:
                    raise JudgeBroken(str(fault)) from fault
            return self._zygote

    def _drop_all(self) -> None:
        for judge in list(self._judges.values()):
            self._drop(judge)
        if self._zygote is not None:
            self._zygote.close()
            self._zygote = None

    @property
    def capacity(self) -> int:
        """How many judges stand at once."""
        return self._max

    def warm(self, folder: Path, digest: str, timeout_s: float = 60) -> None:
        """Make the judge of that digest now. Raises JudgeBroken."""
        self._take(folder, digest, time.monotonic() + timeout_s).lock.release()

    def judge(  # noqa: PLR0917 - a submission's parts, in the order they are made
        self,
        folder: Path,
        digest: str,
        answers: Mapping[str, ParsedAnswer],
        runs: Mapping[str, Run],
        seed: int,
        timeout_s: float = 60,
    ) -> Verdict:
        """Judge one submission. Raises JudgeBroken when no answer came; trying again may help."""
        asked = wire.Question(do="judge", answers=dict(answers), seed=seed, runs=dict(runs))

        def read(told: dict[str, Any], versions: dict[str, str]) -> Verdict:
            return Verdict(tuple(_GRADES.validate_python(told["questions"])), versions)

        return self._ask(folder, digest, asked, timeout_s, read)

    def plan(
        self,
        folder: Path,
        digest: str,
        answers: Mapping[str, ParsedAnswer],
        seed: int,
        timeout_s: float = 60,
    ) -> dict[str, Job]:
        """What the sandbox must run for these answers, hidden inputs included.

        Jobs by question id, and by "id/check/side" for what is measured by itself. Raises
        JudgeBroken as `judge` does.
        """
        asked = wire.Question(do="plan", answers=dict(answers), seed=seed)

        def read(told: dict[str, Any], _: dict[str, str]) -> dict[str, Job]:
            return wire.jobs_of(told["jobs"])

        return self._ask(folder, digest, asked, timeout_s, read)

    def judge_many(
        self,
        folder: Path,
        digest: str,
        asked: Sequence[wire.Question],
        timeout_s: float = 60,
        lane: int = 0,
    ) -> list[Verdict | str]:
        """Judge many submissions in one message: a verdict for each, or what went wrong with it.

        Each `lane` is a judge of its own, so that several callers are served at once. Raises
        JudgeBroken as `judge` does: then none of them was judged.
        """

        def read(told: dict[str, Any], versions: dict[str, str]) -> list[Verdict | str]:
            return [_verdict_or_fault(one, versions) for one in told["answers"]]

        batch = wire.Batch(questions=tuple(asked))
        return self._ask(folder, _in_lane(digest, lane), batch, timeout_s, read)

    def plan_many(
        self,
        folder: Path,
        digest: str,
        asked: Sequence[wire.Question],
        timeout_s: float = 60,
        lane: int = 0,
    ) -> list[dict[str, Job] | str]:
        """Plan many submissions in one message, as `judge_many` judges them."""

        def read(told: dict[str, Any], _: dict[str, str]) -> list[dict[str, Job] | str]:
            return [
                one["fault"] if "fault" in one else wire.jobs_of(one["jobs"])
                for one in told["answers"]
            ]

        batch = wire.Batch(questions=tuple(asked))
        return self._ask(folder, _in_lane(digest, lane), batch, timeout_s, read)

    def inspect(
        self,
        folder: Path,
        digest: str,
        numbers: Sequence[int],
        timeout_s: float = 60,
        lane: int = 0,
    ) -> list[VariantReport]:
        """Try variants out, by their numbers. Raises JudgeBroken as `judge` does."""

        def read(told: dict[str, Any], _: dict[str, str]) -> list[VariantReport]:
            return [VariantReport.model_validate(one["variant"]) for one in told["found"]]

        asked = wire.Audit(numbers=tuple(numbers))
        return self._ask(folder, _in_lane(digest, lane), asked, timeout_s, read)

    def measure(  # noqa: PLR0917 - as its neighbours
        self,
        folder: Path,
        digest: str,
        number: int,
        samples: Sequence[WrongSample] = (),
        threads: int = 1,
        timeout_s: float = 60,
    ) -> list[Room]:
        """The room of every tolerance in one variant. Raises JudgeBroken as `judge` does."""

        def read(told: dict[str, Any], _: dict[str, str]) -> list[Room]:
            return [Room.model_validate(one) for one in told["found"][0]["rooms"]]

        samples = tuple(samples)
        asked = wire.Audit(numbers=(number,), room=True, threads=threads, samples=samples)
        return self._ask(folder, digest, asked, timeout_s, read)

    def _ask(
        self,
        folder: Path,
        digest: str,
        asked: wire.Question | wire.Batch | wire.Audit,
        timeout_s: float,
        read: Callable[[dict[str, Any], dict[str, str]], Answer],
    ) -> Answer:
        deadline = time.monotonic() + timeout_s
        judge = self._take(folder, digest, deadline)
        try:
            told = judge.ask(wire.pack(asked), deadline - time.monotonic())
            return read(told, judge.versions)
        except (JudgeBroken, ValidationError, KeyError, TypeError) as fault:
            self._drop(judge)
            raise JudgeBroken(f"judging {digest[:12]} failed: {fault}") from fault
        finally:
            judge.lock.release()

    def _take(self, folder: Path, digest: str, deadline: float) -> JudgeProcess:
        """The judge of this digest, locked for the caller."""
        while True:
            with self._lock:
                self._server()
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
            self._drop(judge)
            judge.lock.release()
            raise JudgeBroken(f"the assignment could not be loaded: {fault}") from fault
        return judge

    def _make(self, folder: Path, digest: str) -> JudgeProcess:
        if not folder.is_dir():
            raise JudgeBroken(f"the folder of assignment {digest[:12]} is not there")
        slot = self._free.popleft()
        try:
            child = self._server().spawn(slot, WALLS)
        except SandboxBroken as fault:
            self._free.append(slot)
            raise JudgeBroken(str(fault)) from fault
        lacking = missing(frozenset(child.layers), "floor")
        judge = JudgeProcess(child, slot, digest)
        if lacking:
            self._judges[digest] = judge
            self._drop(judge)
            raise JudgeBroken(f"the judge's jail lacks: {', '.join(lacking)}")
        if self._groups is not None and self._groups.slots:
            self._groups.slots[slot].arm(WALLS["memory_mb"], WALLS["processes"])
        self._judges[digest] = judge
        return judge

    def _evict(self) -> None:
        """Make room: the longest idle goes when there are too many, any that idles too long too."""
        now = time.monotonic()
        for judge in sorted(self._judges.values(), key=lambda one: one.used):
            crowded = len(self._judges) >= self._max + 1 or not self._free
            if (crowded or now - judge.used > self._idle_s) and judge.lock.acquire(blocking=False):
                self._drop(judge)
                judge.lock.release()

    def _drop(self, judge: JudgeProcess) -> None:
        """End a judge and free its place; those who wait on it will find another."""
        with self._lock:
            if self._judges.get(judge.digest) is not judge:
                return
            del self._judges[judge.digest]
            judge.kill()
            if self._zygote is not None and self._zygote.alive():
                self._bury(self._zygote, judge)
            judge.child.close()
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


def _in_lane(digest: str, lane: int) -> str:
    """The name under which a judge of that digest is found; lane 0 is the one of single answers."""
    return f"{digest}#{lane}" if lane else digest


def _verdict_or_fault(told: dict[str, Any], versions: dict[str, str]) -> Verdict | str:
    if "fault" in told:
        return str(told["fault"])
    return Verdict(tuple(_GRADES.validate_python(told["questions"])), versions)
