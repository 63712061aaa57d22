"""How answers become grades, on one screen: run in the sandbox, judge, and time each phase."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rubrics.answers import ParsedAnswer, job_for
from rubrics.grade import QuestionGrade, SandboxUse
from rubrics.job import Run
from rubrics.schema import Assignment
from workers.engine import Engine
from workers.sandbox import Sandbox


@dataclass(frozen=True)
class Graded:
    """What judging found; `phases` are milliseconds by name (`run`, `judge`)."""

    questions: tuple[QuestionGrade, ...]
    use: SandboxUse
    versions: dict[str, str]
    phases: dict[str, float]


@dataclass
class Stopwatch:
    """Milliseconds between laps, by name."""

    phases: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.perf_counter)

    def lap(self, name: str) -> None:
        """End the phase `name` now; the next one begins."""
        now = time.perf_counter()
        self.phases[name] = round(1000 * (now - self._since), 3)
        self._since = now


def grade(
    assignment: Assignment,
    folder: Path,
    answers: Mapping[str, ParsedAnswer],
    seed: int,
    engine: Engine,
) -> Graded:
    """Grade parsed answers, by question id.

    Whatever the student's or the author's code does is data in the result. Raises SandboxBroken
    or JudgeBroken only when the fault is ours, and trying again may help.
    """
    watch = Stopwatch()
    runs = run_code(assignment, answers, engine.sandbox)
    watch.lap("run")
    verdict = engine.judges.judge(folder, assignment.digest, dict(answers), runs, seed)
    watch.lap("judge")
    return Graded(verdict.questions, use_of(runs.values()), dict(verdict.versions), watch.phases)


def run_code(
    assignment: Assignment, answers: Mapping[str, ParsedAnswer], sandbox: Sandbox
) -> dict[str, Run]:
    """Run the answers that are code, one after another, and say what each produced."""
    given = [question for question in assignment.questions if question.id in answers]
    jobs = {question.id: job_for(question, answers[question.id]) for question in given}
    return {name: sandbox.run(job) for name, job in jobs.items() if job is not None}


def use_of(runs: Iterable[Run]) -> SandboxUse:
    """What all runs used together: times add up, the peak is the highest."""
    uses = [run.use for run in runs]
    return SandboxUse(
        layers=next((use.layers for use in uses if use.layers), ()),
        wall_ms=sum(use.wall_ms for use in uses),
        cpu_ms=sum(use.cpu_ms for use in uses),
        peak_mb=max((use.peak_mb for use in uses), default=0.0),
    )
