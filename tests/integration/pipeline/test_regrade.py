"""Regrades, with the real sandbox and the real judge, in real databases."""

import contextlib
import shutil
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from grader.bootstrap import Context
from grader.domain.errors import Conflict
from grader.domain.policy import Late, Policy
from grader.services import intake, publish, review
from grader.services.regrades import apply as applying
from grader.services.regrades import finish, revert
from grader.services.regrades import target as targets
from grader.store.models import Base, GradeRow, OutboxRow, RegradeRow, RunRow
from grader.store.queries import audit, submissions
from rubrics.answers import RawAnswer
from rubrics.loader import LIBRARY
from workers.engine import Engine
from workers.grading import carry_out
from workers.regrading import Report, regrade
from workers.regrading.whole import LANES

PAPER = LIBRARY / "autograd" / "paper-1"
LOOSE = ("reference: q1", "reference: q1\n        tolerance: {rtol: 0.6, atol: 2}")
HEAVY = ("points: 4", "points: 8")
BROKEN = ("def q1(", "def q1(*_):\n    raise ValueError\n\n\ndef former(")

ALMOST = """import torch
x = torch.tensor([0.1, 0, 0.2, 1.0], requires_grad=True)
y = ((x + torch.tensor([1.0, 1.4, 1.0, 2.0])) ** (4 * x)).sum() * 1.6
y.backward()
"""


@pytest.fixture
def republish(ctx: Context, classroom: Any, tmp_path: Path) -> Callable[..., None]:
    """Publishes the paper with pieces of its text replaced."""
    made: list[Path] = []

    def change(*pieces: tuple[str, str], policy: Policy | None = None) -> None:
        folder = tmp_path / f"v{len(made)}" / "autograd" / "paper-1"
        shutil.copytree(PAPER, folder)
        made.append(folder)
        for old, new in pieces:
            files = [folder / name for name in ("assignment.yaml", "reference.py")]
            file = next(one for one in files if old in one.read_text())
            file.write_text(file.read_text().replace(old, new, 1))
        publish.publish(ctx, classroom.course_id, folder, policy)

    return change


@pytest.fixture
def script(ctx: Context, engine: Engine, classroom: Any) -> Callable[..., str]:
    """Hands in a script for question 1 and grades it; returns the submission's id."""

    def send(text: str = ALMOST, person_id: str = "") -> str:
        answer = RawAnswer(kind="code", files={"answer.py": text.encode()})
        receipt = intake.submit(
            ctx,
            intake.Intake(
                person_id or classroom.student_id,
                classroom.assignment_id,
                {"q1": answer, "q2b": RawAnswer(kind="text", text="They saturate.")},
            ),
        )
        assert carry_out(ctx, engine, receipt.grading_id)
        return receipt.submission_id

    return send


@pytest.fixture
def ran(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts the real runs of the real sandbox."""
    counted: Counter[str] = Counter()
    run = type(engine.sandbox).run

    def counting(self: Any, job: Any) -> Any:
        counted["runs"] += 1
        return run(self, job)

    monkeypatch.setattr(type(engine.sandbox), "run", counting)
    return counted


@pytest.fixture
def take_anew(ctx: Context, engine: Engine) -> Callable[..., Report]:
    """Regrades the paper as the command does; `.made` is the id of what was applied."""

    def run(*, apply: bool, rerun: bool = False) -> tuple[Report, str | None]:
        target = targets.find(ctx, None, "autograd/paper-1")
        report = regrade(ctx, engine, target, apply=apply, rerun=rerun)
        made = finish.finish(ctx, None, target, report.totals()) if apply else None
        return report, made

    return run


def view(ctx: Context, submission_id: str) -> submissions.SubmissionView:
    with ctx.store.read() as session:
        return submissions.view(session, submission_id)


def scores(ctx: Context, submission_id: str) -> list[float | None]:
    grade = view(ctx, submission_id).grade
    assert grade is not None
    return [one.score for one in grade.questions]


def counts(ctx: Context) -> dict[str, int]:
    """The number of rows of every table."""
    with ctx.store.read() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def test_a_changed_tolerance_regrades_without_running_anything(
    ctx: Context, script: Any, republish: Any, take_anew: Any, ran: Any
) -> None:
    one = script()
    assert scores(ctx, one) == [0.0, 0.0, None]
    assert ran["runs"] == 1
    republish(LOOSE)
    report, made = take_anew(apply=True)
    assert ran["runs"] == 1
    assert (report.kept_runs, report.sandbox_runs, report.changed) == (1, 0, 1)
    assert scores(ctx, one)[0] > 0
    seen = view(ctx, one)
    assert (seen.revision, seen.grade_source) == (2, "machine")
    assert seen.grade.sandbox.layers
    assert made is not None


def test_a_changed_weight_and_changed_words_too(
    ctx: Context, script: Any, republish: Any, take_anew: Any, ran: Any
) -> None:
    one = script()
    republish(HEAVY)
    report, _ = take_anew(apply=True)
    grade = view(ctx, one).grade
    assert (grade.max_score, grade.questions[0].max_score) == (13.0, 8.0)
    assert report.lines[0].questions == ("q1",)
    republish(HEAVY, ("The four components of the gradient", "Four numbers"))
    report, _ = take_anew(apply=True)
    assert (report.changed, report.score_changed) == (1, 0)
    assert (report.lines[0].questions, report.lines[0].words) == ((), ("q1",))
    assert ran["runs"] == 1


def test_a_changed_input_runs_only_what_changed(
    ctx: Context, script: Any, republish: Any, take_anew: Any, ran: Any
) -> None:
    script()
    republish(("memory_mb: 512", "memory_mb: 400"))
    report, _ = take_anew(apply=True)
    assert (report.kept_runs, report.sandbox_runs, ran["runs"]) == (0, 1, 2)
    republish(("memory_mb: 512", "memory_mb: 400"), HEAVY)
    report, _ = take_anew(apply=True)
    assert (report.kept_runs, report.sandbox_runs, ran["runs"]) == (1, 0, 2)
    report, _ = take_anew(apply=True, rerun=True)
    assert (report.kept_runs, report.sandbox_runs, report.changed) == (0, 1, 0)


def test_a_dry_run_lists_what_would_change_and_writes_nothing(
    ctx: Context, script: Any, republish: Any, take_anew: Any, classroom: Any
) -> None:
    first, second = script(), script(person_id=classroom.other_student_id)
    republish(LOOSE)
    before = counts(ctx)
    report, _ = take_anew(apply=False)
    assert counts(ctx) == before
    assert [one.submission_id for one in report.lines] == [first, second]
    assert [one.student for one in report.lines] == ["ada", "bob"]
    line = report.lines[0]
    assert (line.verdict, line.old_score, line.questions) == ("changed", 0.0, ("q1",))
    assert line.new_score > 0
    applied, _ = take_anew(apply=True)
    assert applied.lines == report.lines


def test_applying_twice_changes_nothing_the_second_time(
    ctx: Context, script: Any, republish: Any, take_anew: Any
) -> None:
    script()
    republish(LOOSE)
    take_anew(apply=True)
    before = counts(ctx)
    report, made = take_anew(apply=True)
    assert (report.changed, report.same, made) == (0, 1, None)
    assert counts(ctx) == before


def test_a_persons_mark_is_kept_and_its_news_goes_out_once(
    ctx: Context, script: Any, republish: Any, take_anew: Any, classroom: Any
) -> None:
    one = script()
    review.mark(ctx, classroom.grader_id, one, "q2b", ["saturation"], "Good.")
    republish(LOOSE)
    take_anew(apply=True)
    grade = view(ctx, one).grade
    assert grade.questions[2].score == 1.0
    assert "Good." in grade.questions[2].checks[0].feedback
    with ctx.store.read() as session:
        sent = [row.payload["revision"] for row in session.scalars(select(OutboxRow))]
    assert sorted(sent) == [1, 2, 3]


def test_revert_restores_exactly_and_later_marks_stand(
    ctx: Context, script: Any, republish: Any, take_anew: Any, classroom: Any
) -> None:
    one, other = script(), script(person_id=classroom.other_student_id)
    before = {name: view(ctx, name) for name in (one, other)}
    republish(LOOSE)
    _, made = take_anew(apply=True)
    review.mark(ctx, classroom.grader_id, other, "q2b", ["saturation"], "")
    lots = revert.begin(ctx, None, made)
    done = [revert.restore(ctx, None, made, ids) for ids in lots]
    revert.end(ctx, None, made, done[0])
    assert (done[0].restored, done[0].left) == (2, 0)
    assert view(ctx, one).grade == before[one].grade
    assert scores(ctx, other) == [0.0, 0.0, 1.0]
    with ctx.store.read() as session:
        actions = [one.action for one in audit.log(session, classroom.course_id)]
    assert {"regrade.applied", "regrade.reverted"} <= set(actions)
    with pytest.raises(Conflict):
        revert.begin(ctx, None, made)
    assert not revert.restore(ctx, None, made, lots[0]).restored
    report, _ = take_anew(apply=False)
    assert report.changed == 2


def test_what_was_graded_again_since_is_not_reverted(
    ctx: Context, script: Any, republish: Any, take_anew: Any
) -> None:
    one = script()
    republish(LOOSE)
    _, first = take_anew(apply=True)
    republish(LOOSE, HEAVY)
    take_anew(apply=True)
    now = view(ctx, one).grade
    done = revert.restore(ctx, None, first, revert.begin(ctx, None, first)[0])
    assert (done.restored, done.left) == (0, 1)
    assert view(ctx, one).grade == now


def test_a_version_that_cannot_judge_leaves_every_grade_as_it_is(
    ctx: Context, script: Any, republish: Any, take_anew: Any
) -> None:
    one = script()
    before = view(ctx, one)
    republish(BROKEN)
    report, made = take_anew(apply=True)
    assert (report.failed, report.changed, made) == (1, 0, None)
    assert "our fault" in report.lines[0].reason
    assert view(ctx, one) == before


def test_an_interrupted_regrade_is_gone_on_with_under_its_id(
    ctx: Context, engine: Engine, script: Any, republish: Any, take_anew: Any, classroom: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    script()
    script(person_id=classroom.other_student_id)
    republish(LOOSE)
    monkeypatch.setattr(targets, "SUBMISSIONS", 1)
    target = targets.find(ctx, None, "autograd/paper-1")

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        regrade(ctx, engine, target, apply=True, progress=stop)
    ((begun, _),) = finish.unfinished(ctx, target)
    assert _audited(ctx, classroom, "regrade.") == [("regrade.started", begun)]
    report, made = take_anew(apply=True)
    assert made == begun
    assert finish.unfinished(ctx, target) == []
    assert report.changed + report.same == 2
    noted = _audited(ctx, classroom, "regrade.")
    assert noted == [("regrade.applied", made), ("regrade.started", made)]
    with ctx.store.read() as session:
        assert [row.id for row in session.scalars(select(RegradeRow))] == [made]
        assert session.scalar(select(func.count()).select_from(GradeRow)) == 4
    lots = revert.begin(ctx, None, made)
    done = revert.restore(ctx, None, made, [one for ids in lots for one in ids])
    assert done.restored == 2


def _audited(ctx: Context, classroom: Any, prefix: str) -> list[tuple[str, str]]:
    """The acts in the log that begin so, and what they were done to, newest first."""
    with ctx.store.read() as session:
        rows = audit.log(session, classroom.course_id)
        return [(one.action, one.subject_id) for one in rows if one.action.startswith(prefix)]


def test_two_lots_that_are_settled_at_once_belong_to_one_regrade(
    ctx: Context, script: Any, republish: Any, take_anew: Any, classroom: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    script()
    script(person_id=classroom.other_student_id)
    republish(LOOSE)
    monkeypatch.setattr(targets, "SUBMISSIONS", 1)
    both = threading.Barrier(LANES)
    find = applying._running

    def find_together(*parts: Any) -> str:
        found = find(*parts)
        # If nothing holds the second lot back, it gets here before the first has committed.
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(timeout=1)
        return found

    monkeypatch.setattr(applying, "_running", find_together)
    report, made = take_anew(apply=True)
    assert report.changed == 2
    with ctx.store.read() as session:
        assert session.scalars(select(RegradeRow.id)).all() == [made]


def test_a_submission_that_comes_meanwhile_is_left_to_its_own_grading(
    ctx: Context, engine: Engine, script: Any, republish: Any, submit: Any, take_anew: Any,
    sample_answers: dict[str, RawAnswer],
) -> None:  # fmt: skip
    script()
    waiting = submit(sample_answers["right-script"])
    republish(LOOSE)
    target = targets.find(ctx, None, "autograd/paper-1")
    late = []

    def come(done: int, of: int) -> None:
        late.append(submit(sample_answers["right-script"]))

    report = regrade(ctx, engine, target, apply=True, progress=come)
    assert (report.changed, report.waiting, report.submissions) == (1, 1, 2)
    for receipt in (waiting, *late):
        assert carry_out(ctx, engine, receipt.grading_id)
        assert view(ctx, receipt.submission_id).revision == 1
    report, _ = take_anew(apply=True)
    assert (report.waiting, report.same, report.changed) == (0, 3, 0)


def test_a_version_published_meanwhile_stops_it(
    ctx: Context, engine: Engine, script: Any, republish: Any
) -> None:
    script()
    republish(LOOSE)
    target = targets.find(ctx, None, "autograd/paper-1")
    republish(HEAVY)
    with pytest.raises(Conflict, match="Another version"):
        regrade(ctx, engine, target, apply=True)


def test_a_kept_run_that_is_lost_is_run_again(
    ctx: Context, script: Any, republish: Any, take_anew: Any, ran: Any, tmp_path: Path
) -> None:
    script()
    with ctx.store.read() as session:
        sha256 = session.scalar(select(RunRow.sha256))
    (tmp_path / "artefacts" / sha256[:2] / sha256).unlink()
    republish(LOOSE)
    report, _ = take_anew(apply=True)
    assert (report.sandbox_runs, report.changed, ran["runs"]) == (1, 1, 2)
    report, _ = take_anew(apply=False)
    assert (report.kept_runs, report.same, ran["runs"]) == (1, 1, 2)


def test_runs_of_a_dry_run_are_not_kept_and_those_of_a_rerun_replace(
    ctx: Context, script: Any, republish: Any, take_anew: Any, clock: Any
) -> None:
    def kept() -> list[datetime]:
        with ctx.store.read() as session:
            return list(session.scalars(select(RunRow.created_at)))

    script()
    first = clock.now
    later = clock.forward(hours=1)
    take_anew(apply=False, rerun=True)
    assert kept() == [first]
    take_anew(apply=True, rerun=True)
    assert kept() == [later]


def test_the_late_penalty_is_taken_anew(
    ctx: Context, script: Any, republish: Any, take_anew: Any, clock: Any
) -> None:
    one = script()
    due = clock.now - timedelta(hours=1)
    republish(LOOSE, policy=Policy(due_at=due, late=Late(per_day=0.5)))
    take_anew(apply=True)
    grade = view(ctx, one).grade
    assert (grade.late_penalty, grade.score) == (0.5, 0.5 * grade.questions[0].score)
    assert grade.score > 0


def test_two_regrades_at_once_write_each_grade_once(
    ctx: Context, engine: Engine, script: Any, republish: Any, classroom: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    ids = [script(person_id=one) for one in (classroom.student_id, classroom.other_student_id)]
    ids += [script(ALMOST + f"# {number}\n") for number in range(4)]
    republish(LOOSE)
    monkeypatch.setattr(targets, "SUBMISSIONS", 2)
    target = targets.find(ctx, None, "autograd/paper-1")
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda _: regrade(ctx, engine, target, apply=True), range(2)))
    assert sum(one.changed for one in reports) == len(ids)
    assert [view(ctx, one).revision for one in ids] == [2] * len(ids)
    with ctx.store.read() as session:
        assert session.scalar(select(func.count()).select_from(OutboxRow)) == 2 * len(ids)
