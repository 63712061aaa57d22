"""Judging a lot of submissions in one message, running only what is not kept."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from grader.bootstrap import Context
from grader.services.regrades import work as loading
from grader.services.regrades.apply import Judged
from grader.services.regrades.work import Work
from rubrics.grade import Grade
from rubrics.job import Job, Run
from rubrics.schema import Assignment
from rubrics.score import assemble
from workers.calls import told_of
from workers.engine import Engine
from workers.grading import keep
from workers.jobs import run_all
from workers.judge import JudgeBroken, Verdict
from workers.judge.wire import Question
from workers.kept import Shelf
from workers.pipeline import own_jobs, running
from workers.sandbox import SandboxBroken

Told = TypeVar("Told")

SECONDS = 60.0
SECONDS_EACH = 2.0
"""How long a judge may take for a message, and for each submission in it."""

GIVE_UP = 3
"""After so many failures in a row of single answers, the rest of a lot is not tried."""


@dataclass(frozen=True)
class Bench:
    """What every lot needs: the service, the engine, and the version to grade by.

    With `rerun` nothing kept is taken; with `keep` what is run is kept.
    """

    ctx: Context
    engine: Engine
    assignment: Assignment
    folder: Path
    rerun: bool = False
    keep: bool = False

    def judge(self, asked: Sequence[Question], lane: int) -> list[Verdict | str]:
        """Raises JudgeBroken."""
        digest, limit_s = self.assignment.digest, SECONDS + SECONDS_EACH * len(asked)
        return self.engine.judges.judge_many(self.folder, digest, asked, limit_s, lane)

    def plan(self, asked: Sequence[Question], lane: int) -> list[dict[str, Job] | str]:
        """Raises JudgeBroken."""
        digest, limit_s = self.assignment.digest, SECONDS + SECONDS_EACH * len(asked)
        return self.engine.judges.plan_many(self.folder, digest, asked, limit_s, lane)


@dataclass
class Lot:
    """What became of a lot: grades, reasons by submission where there is none, and run counts."""

    judged: list[Judged] = field(default_factory=list)
    works: dict[str, Work] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    ran: int = 0
    taken: int = 0


def judge_lot(bench: Bench, submission_ids: Sequence[str], lane: int) -> Lot:
    """Judge those submissions by the bench's version. What fails by our fault is in `failed`."""
    started = time.perf_counter()
    lot = Lot()
    for one in loading.load(bench.ctx, submission_ids):
        lot.works[one.submission_id] = one
        if one.fault:
            lot.failed[one.submission_id] = one.fault
    runs = _runs(bench, lot, _jobs(bench, lot, lane))
    verdicts = _told(lot, _questions(lot, runs), lambda some: bench.judge(some, lane))
    each_ms = round(1000 * (time.perf_counter() - started) / max(1, len(verdicts)), 3)
    for name, verdict in verdicts.items():
        grade = _grade(bench, lot.works[name], runs[name], verdict)
        lot.judged.append(Judged(name, grade, {"judge": each_ms}))
    return lot


def _jobs(bench: Bench, lot: Lot, lane: int) -> dict[str, dict[str, Job]]:
    """The jobs of each submission; those with hidden inputs are planned by the judge."""
    jobs: dict[str, dict[str, Job]] = {}
    asked: dict[str, Question] = {}
    for name, work in lot.works.items():
        if name in lot.failed:
            continue
        jobs[name], planned = own_jobs(bench.assignment, work.answers)
        if planned:
            asked[name] = Question(do="plan", answers=planned, seed=work.seed)
    plans = _told(lot, asked, lambda some: bench.plan(some, lane))
    return {
        name: found | plans.get(name, {}) for name, found in jobs.items() if name not in lot.failed
    }


def _runs(
    bench: Bench, lot: Lot, jobs: Mapping[str, Mapping[str, Job]]
) -> dict[str, dict[str, Run]]:
    """What each submission's jobs produced, kept or new; new ones are kept, but by a dry run."""
    found, fresh = {}, {}
    run = running(bench.engine)
    for name, mine in jobs.items():
        known = {} if bench.rerun else lot.works[name].kept
        shelf = Shelf(run, known, bench.ctx.artefacts.get)
        try:
            found[name] = run_all(mine, shelf.run)
        except SandboxBroken as broken:
            lot.failed[name] = str(broken)
        lot.ran += shelf.ran
        lot.taken += shelf.taken
        fresh[name] = shelf.fresh
    if bench.keep:
        keep(bench.ctx, fresh)
    return found


def _questions(lot: Lot, runs: Mapping[str, dict[str, Run]]) -> dict[str, Question]:
    return {
        name: Question(
            do="judge", answers=lot.works[name].answers, seed=lot.works[name].seed, runs=mine
        )
        for name, mine in runs.items()
    }


def _told(
    lot: Lot,
    asked: Mapping[str, Question],
    ask: Callable[[Sequence[Question]], Sequence[Told | str]],
) -> dict[str, Told]:
    """The judge's answer for each; one by one if all at once breaks it, so that one harms none."""
    if not asked:
        return {}
    try:
        answers = list(ask(list(asked.values())))
    except JudgeBroken:
        answers = _one_by_one(list(asked.values()), ask)
    told = {}
    for name, answer in zip(asked, answers, strict=True):
        if isinstance(answer, str):
            lot.failed[name] = answer
        else:
            told[name] = answer
    return told


def _one_by_one(
    asked: Sequence[Question], ask: Callable[[Sequence[Question]], Sequence[Told | str]]
) -> list[Told | str]:
    answers: list[Told | str] = []
    broken = 0
    for one in asked:
        if broken >= GIVE_UP:
            answers.append("The judge breaks again and again; this answer was not tried.")
            continue
        try:
            answers += ask([one])
            broken = 0
        except JudgeBroken as fault:
            answers.append(str(fault))
            broken += 1
    return answers


def _grade(bench: Bench, work: Work, runs: Mapping[str, Run], verdict: Verdict) -> Grade:
    return assemble(
        bench.assignment,
        work.student,
        work.attempt,
        verdict.questions,
        told_of(runs.values()),
        verdict.versions,
    )
