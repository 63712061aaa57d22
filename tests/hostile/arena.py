"""Where attacks meet the real sandbox and the real judge, and what must be whole afterwards."""

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

from rubrics import loader
from rubrics.answers import ParsedAnswer
from rubrics.job import Run
from tests.hostile import host, refusal
from tests.hostile.attack import Attack
from tests.hostile.bait import Bait
from tests.hostile.weakened import disturbing, succeeded
from workers.judge import JudgePool
from workers.sandbox import Sandbox, SandboxConfig

PAPER = loader.LIBRARY / "autograd" / "paper-1"
AT_ONCE = 2
BATCH = 16
GRACE_S = 1.0
"""A run may take its limit and a second more.

That second is stretched by the machine's load a processor, if that is more than one, and what this
process itself was late comes on top: neighbours' work is no fault of the sandbox's.
"""


@dataclass(frozen=True)
class Tried:
    """How one attack ended, the layer's word, and why it was not held, or nothing."""

    attack: Attack
    ended: str
    word: str
    why: str


class Arena:
    """The real sandbox and judge, with a neighbour at work in a slot of its own."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(SandboxConfig(slots=AT_ONCE + 1))
        self.standing = set(self.sandbox.start().layers)
        self.judges = JudgePool(max_judges=2)
        self.assignment = loader.load(PAPER)
        self.host = host.Host(self.sandbox)
        self.metronome = host.Metronome()
        self.metronome.start()
        self._notes = refusal.noting()

    def __enter__(self) -> Self:
        self._notes.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._notes.__exit__(None, None, None)
        self.metronome.close()
        self.judges.close()
        self.sandbox.close()

    def score(self, files: dict[str, bytes], run: Run) -> float | None:
        """What the real judge gives for question 1."""
        answers = {"q1": ParsedAnswer(kind="code", files=files)}
        digest = self.assignment.digest
        verdict = self.judges.judge(PAPER, digest, answers, {"q1": run}, seed=1)
        return next(one.score for one in verdict.questions if one.id == "q1")

    def claimed(self, attack: Attack) -> bool:
        """Whether the level that stands here claims to hold it: only a group bounds all memory."""
        return set(attack.layers) != {"cgroup"} or "cgroup" in self.standing

    def hold(
        self, attacks: Sequence[Attack], lure: Bait, tell: Callable[[Tried], None]
    ) -> list[Tried]:
        """Try them, some at once; after each batch nothing may be left of any."""
        found: list[Tried] = []
        todo = [one for one in attacks if self.claimed(one)]
        with ThreadPoolExecutor(AT_ONCE) as threads:
            for start in range(0, len(todo), BATCH):
                neighbour = host.Neighbour(self.sandbox, self.score)
                neighbour.start()
                batch = list(threads.map(lambda one: self._tried(one, lure), todo[start:][:BATCH]))
                neighbour.close()
                amiss = neighbour.harmed or self.host.left()
                batch = [_with(one, amiss) for one in batch]
                for one in batch:
                    tell(one)
                found += batch
        return found

    def _tried(self, attack: Attack, lure: Bait) -> Tried:
        try:
            return self.attempt(attack, lure)
        except Exception as fault:
            return Tried(attack, "broke", "", f"our own parts failed: {fault}")

    def attempt(self, attack: Attack, lure: Bait) -> Tried:
        """Run it, judge it, and look at what is left."""
        started = time.monotonic()
        run = self.sandbox.run(attack.job(lure.script()))
        took = time.monotonic() - started
        word, ended = refusal.of(run), run.ended.value if run.ended else "ran"
        why = self._unheld(attack, run, ended, word) or self._overlong(attack, run, started, took)
        return Tried(attack, ended, word, why or lure.touched() or self._harmed())

    def _unheld(self, attack: Attack, run: Run, ended: str, word: str) -> str:
        if ended not in attack.outcomes:
            return f"ended {ended}, not {'|'.join(attack.outcomes)}: {run.explanation} {run.error}"
        if attack.refused and word not in attack.refused:
            return f"was told {word!r}, not {'|'.join(attack.refused)}"
        if attack.says not in run.explanation or (run.ended and not run.explanation):
            return f"said {run.explanation!r}, not {attack.says!r}"
        if succeeded(run) or disturbing(run):
            return "it got what it wanted"
        return "it scored" if self.score(attack.files, run) != 0 else ""

    def _overlong(self, attack: Attack, run: Run, started: float, took: float) -> str:
        """By the wall clock, and by the kernel's count of processor time, which no load changes."""
        late = self.metronome.late_s(started)
        grace = GRACE_S * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
        if took > attack.limits.wall_s + grace + late:
            return f"took {took:.1f} s, not {attack.limits.wall_s} and at most {grace + late:.1f}"
        if run.use.cpu_ms > 1e3 * (attack.limits.cpu_s + GRACE_S):
            return f"used {run.use.cpu_ms / 1e3:.1f} s of {attack.limits.cpu_s} s"
        return ""

    def _harmed(self) -> str:
        job = host.honest()
        if self.score(job.files, self.sandbox.run(job)) != 4.0:
            return "the next honest submission was not graded right"
        return self.host.harmed()


def _with(one: Tried, amiss: str) -> Tried:
    return Tried(one.attack, one.ended, one.word, one.why or amiss)
