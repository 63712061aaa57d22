"""`xgrad check`: everything an author can get wrong, found before a student does."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from rubrics import samples
from rubrics.grade import QuestionGrade
from rubrics.loader import AssignmentError, Fault
from rubrics.marked_yaml import Marked
from rubrics.outcome import Outcome
from rubrics.samples import Sample
from rubrics.schema import Assignment
from xgrad.assignments import open_assignment
from xgrad.engines import engine
from xgrad.faults import EXIT_FAILED

if TYPE_CHECKING:
    from workers.engine import Engine

SEED = 20_260_101
AT_ONCE = 2

Questions = tuple[QuestionGrade, ...]


@click.command()
@click.argument("assignment")
@click.option("--once", is_flag=True, help="Run each sample once; skip the test of determinism.")
@click.pass_context
def check(ctx: click.Context, assignment: str, once: bool) -> None:
    """Check an ASSIGNMENT: its files, its reference, and the grade that each sample must get.

    Every sample goes through the real sandbox and the real judge, twice, and must get the same
    grade both times. Faults are printed as file:line. The exit code is 1 if there are any.
    """
    started = time.monotonic()
    console = Console(stderr=True)
    try:
        loaded = open_assignment(assignment)
        found = samples.load_samples(loaded)
    except AssignmentError as error:
        _end(ctx, assignment, error.faults)
        return
    faults = _warn_without(loaded, found) or _run(loaded, found, 1 if once else 2, console)
    if not faults:
        seconds = time.monotonic() - started
        times = "once" if once else "twice"
        click.echo(
            f"{loaded.key}: {len(found)} samples got their grades, {times}, in {seconds:.0f} s"
        )
    _end(ctx, assignment, faults)


def _end(ctx: click.Context, name: str, faults: Iterable[Fault]) -> None:
    listed = list(dict.fromkeys(faults))
    for fault in listed:
        click.echo(str(fault))
    if listed:
        click.echo(f"{name}: {len(listed)} faults", err=True)
        ctx.exit(EXIT_FAILED)


def _warn_without(loaded: Assignment, found: tuple[Sample, ...]) -> list[Fault]:
    """An assignment that shows no right answer and no wrong one proves nothing."""
    outcomes = {one.outcome for sample in found for one in sample.expect.values()}
    missing = []
    if Outcome.CORRECT not in outcomes and _machine_graded(loaded):
        missing.append("no sample has a right answer: add one that must be `correct`")
    if not outcomes & {Outcome.WRONG, Outcome.PARTIAL} and _machine_graded(loaded):
        missing.append("no sample has a wrong answer: add one that must be `wrong`")
    return [Fault(file="samples", line=1, message=message) for message in missing]


def _machine_graded(loaded: Assignment) -> bool:
    return any(check.kind != "person" for one in loaded.questions for check in one.checks)


def _run(
    loaded: Assignment, found: tuple[Sample, ...], rounds: int, console: Console
) -> list[Fault]:
    """Grade every sample `rounds` times; the faults of all."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    quiet = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=quiet) as progress:
        bar = progress.add_task("Starting the sandbox and the judge", total=rounds * len(found))
        with engine(slots=AT_ONCE) as running, ThreadPoolExecutor(AT_ONCE) as pool:
            progress.update(bar, description=f"Grading {len(found)} samples")

            def graded(sample: Sample) -> list[Fault]:
                grades = []
                for _ in range(rounds):
                    grades.append(_grade(loaded, sample, running))
                    progress.advance(bar)
                return _judge(loaded.folder, sample, grades)

            return [fault for faults in pool.map(graded, found) for fault in faults]


def _grade(loaded: Assignment, sample: Sample, running: "Engine") -> Questions:
    from workers.pipeline import grade

    read = samples.read_sample(loaded, sample)
    graded = grade(loaded, loaded.folder, read.parsed, SEED, running)
    return tuple(read.refused.get(question.id, question) for question in graded.questions)


def _judge(folder: Path, sample: Sample, grades: list[Questions]) -> list[Fault]:
    at = _lines(folder, sample)
    faults = []
    for name, wanted in sample.expect.items():
        alone = sample.model_copy(update={"expect": {name: wanted}})
        for text in samples.differences(alone, grades[0]):
            reason = _staff_reason(name, grades[0])
            faults.append(at(name, text.removeprefix(f"{sample.name}: ") + reason))
    for name in _unsteady(grades):
        faults.append(at(name, f"{name}: two runs of the same answer got different grades"))
    return faults


def _lines(folder: Path, sample: Sample) -> Callable[[str, str], Fault]:
    """How to place a message at a question's expectation in the sample's file."""
    shown = f"samples/{sample.name}.yaml"
    document = Marked((folder / shown).read_bytes())

    def at(question: str, message: str) -> Fault:
        return Fault(file=shown, line=document.line(("expect", question)), message=message)

    return at


def _staff_reason(name: str, questions: Questions) -> str:
    """What the author must read when it is the rubric that broke."""
    broken = [one for one in questions if one.id == name and one.outcome == Outcome.RUBRIC_ERROR]
    return "".join(f" ({one.feedback})" for one in broken)


def _unsteady(grades: list[Questions]) -> list[str]:
    first = {one.id: one for one in grades[0]}
    return sorted({one.id for again in grades[1:] for one in again if one != first[one.id]})
