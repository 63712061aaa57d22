"""How answers become grades, on one screen: plan, run, judge, and time each phase."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rubrics.answers import ParsedAnswer, job_for, spec_for
from rubrics.grade import QuestionGrade, SandboxUse
from rubrics.job import Job, Run
from rubrics.schema import Assignment, Question
from workers.calls import run_calls, told_of
from workers.engine import Engine
from workers.jobs import run_all


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


def grade(  # noqa: PLR0917 - a submission's parts, in the order they are used
    assignment: Assignment,
    folder: Path,
    answers: Mapping[str, ParsedAnswer],
    seed: int,
    engine: Engine,
    run: Callable[[Job], Run] | None = None,
) -> Graded:
    """Grade parsed answers, by question id; `run` may stand between a job and the sandbox.

    Whatever the student's or the author's code does is data in the result. Raises SandboxBroken
    or JudgeBroken only when the fault is ours, and trying again may help.
    """
    watch = Stopwatch()
    jobs = jobs_of(assignment, folder, answers, seed, engine)
    watch.lap("plan")
    run = run or running(engine)
    runs = run_all(jobs, run)
    watch.lap("run")
    verdict = engine.judges.judge(folder, assignment.digest, dict(answers), runs, seed)
    watch.lap("judge")
    return Graded(verdict.questions, told_of(runs.values()), dict(verdict.versions), watch.phases)


def running(engine: Engine) -> Callable[[Job], Run]:
    """Runs a job to its end in the sandbox, calls included."""
    return lambda job: run_calls(job, engine.sandbox.run)


def jobs_of(
    assignment: Assignment,
    folder: Path,
    answers: Mapping[str, ParsedAnswer],
    seed: int,
    engine: Engine,
) -> dict[str, Job]:
    """What the sandbox must run, by question id; with hidden inputs, only the judge can say."""
    found, planned = own_jobs(assignment, answers)
    if planned:
        found |= engine.judges.plan(folder, assignment.digest, planned, seed)
    return found


def own_jobs(
    assignment: Assignment, answers: Mapping[str, ParsedAnswer]
) -> tuple[dict[str, Job], dict[str, ParsedAnswer]]:
    """The jobs that follow from the answers alone, and the answers that a judge must plan."""
    given = [question for question in assignment.questions if question.id in answers]
    jobs = {question.id: job_for(question, answers[question.id]) for question in given}
    found = {name: job for name, job in jobs.items() if job is not None}
    planned = {
        question.id: answers[question.id]
        for question in given
        if question.id in found and _is_planned(question, answers[question.id])
    }
    return found, planned


def _is_planned(question: Question, answer: ParsedAnswer) -> bool:
    """Whether inputs must be drawn, or files of the assignment put beside the student's."""
    given = getattr(spec_for(question, answer.kind), "given", ())
    return bool(given) or any(check.planned for check in question.checks)
