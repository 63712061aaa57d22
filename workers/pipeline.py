"""How answers become grades, on one screen: plan, run, judge, and time each phase."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rubrics.answers import ParsedAnswer, job_for
from rubrics.grade import QuestionGrade, SandboxUse
from rubrics.job import Job
from rubrics.schema import Assignment
from workers.calls import run_calls, use_of
from workers.engine import Engine


@dataclass(frozen=True)
class Graded:
    """What judging found; `phases` are milliseconds by name (`plan`, `run`, `judge`)."""

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
    jobs = jobs_of(assignment, folder, answers, seed, engine)
    watch.lap("plan")
    runs = {name: run_calls(job, engine.sandbox.run) for name, job in jobs.items()}
    watch.lap("run")
    verdict = engine.judges.judge(folder, assignment.digest, dict(answers), runs, seed)
    watch.lap("judge")
    return Graded(verdict.questions, use_of(runs.values()), dict(verdict.versions), watch.phases)


def jobs_of(
    assignment: Assignment,
    folder: Path,
    answers: Mapping[str, ParsedAnswer],
    seed: int,
    engine: Engine,
) -> dict[str, Job]:
    """What the sandbox must run, by question id; with hidden inputs, only the judge can say."""
    given = [question for question in assignment.questions if question.id in answers]
    jobs = {question.id: job_for(question, answers[question.id]) for question in given}
    found = {name: job for name, job in jobs.items() if job is not None}
    planned = {
        question.id: answers[question.id]
        for question in given
        if question.id in found and any(check.planned for check in question.checks)
    }
    if planned:
        found |= engine.judges.plan(folder, assignment.digest, planned, seed)
    return found
