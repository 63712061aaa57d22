"""`xgrad check`: everything an author can get wrong, found before a student does."""

import time

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from rubrics import samples
from rubrics.loader import AssignmentError
from rubrics.samples import Sample
from rubrics.schema import Assignment
from rubrics.variants import number_of, varied
from xgrad.assignments import open_assignment
from xgrad.checking import grading, report, tolerances, variants
from xgrad.checking.found import Found
from xgrad.checking.kinds import kinds
from xgrad.checking.links import links
from xgrad.checking.rooms import Whole
from xgrad.engines import engine
from xgrad.faults import EXIT_FAILED

FEW = 20


@click.command()
@click.argument("assignment")
@click.option("--once", is_flag=True, help="Run each sample once; skip the test of determinism.")
@click.option(
    "--variants",
    "wanted",
    type=click.IntRange(min=1),
    default=FEW,
    show_default=True,
    help="Try that many variants, of an assignment that has parameters.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON and nothing else.")
@click.pass_context
def check(ctx: click.Context, assignment: str, once: bool, wanted: int, as_json: bool) -> None:
    """Check an ASSIGNMENT: its files, its reference, its tolerances, its variants, its samples.

    Every sample goes through the real sandbox and the real judge, twice, and must get its
    declared grade both times. Right answers are worked out in many ways, and must pass; known
    wrong ones must not. How far off they are is printed for every check of numbers, in units of
    its tolerance. Faults are printed as file:line. The exit code is 1 if there are any; warnings
    leave it at 0.
    """
    started = time.monotonic()
    found, said = _found(assignment, wanted, 1 if once else 2)
    took_s = time.monotonic() - started
    if as_json:
        click.echo(report.as_json(assignment, found, took_s))
    else:
        for line in report.lines(found, f"{said}; {took_s:.0f} s"):
            click.echo(line)
    if found.faults:
        count = len(set(found.faults))
        click.echo(f"{assignment}: {count} fault{'' if count == 1 else 's'}", err=True)
        ctx.exit(EXIT_FAILED)


def _found(name: str, wanted: int, rounds: int) -> tuple[Found, str]:
    """Everything, and what to say if nothing is at fault."""
    try:
        loaded = open_assignment(name)
        shown = samples.load_samples(loaded)
    except AssignmentError as error:
        return Found(faults=error.faults), ""
    found = kinds(loaded, shown)
    found.add(links(loaded))
    if found.faults:
        return found, ""
    which = variants.numbers(loaded, wanted)
    found.add(_run(loaded, shown, which, rounds))
    said = (
        f"{loaded.key}: {len(shown)} samples got their grades, {'once' if rounds == 1 else 'twice'}"
    )
    return found, said + (f"; {len(which)} variants are fit for students" if varied(loaded) else "")


def _run(
    loaded: Assignment, shown: tuple[Sample, ...], which: tuple[int, ...], rounds: int
) -> Found:
    """What needs the sandbox and the judges, with a bar that moves."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    answered = [number_of(loaded, one.seed) for one in shown]
    inside = tolerances.parts(loaded, which, answered)
    total = rounds * len(shown) + len(which) + tolerances.SETTINGS * len(inside)
    found = Found()
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        bar = progress.add_task("Starting the sandbox and the judge", total=total)

        def step() -> None:
            progress.advance(bar)

        with engine(slots=grading.AT_ONCE) as running, tolerances.plain_judges() as plain:
            progress.update(bar, description=f"Grading {len(shown)} samples")
            graded = grading.grade_all(loaded, shown, rounds, running, step)
            found.add(grading.as_declared(loaded, graded))
            progress.update(bar, description="Trying variants out")
            reports = variants.try_out(loaded, which, running, step)
            measured: list[Whole] = []
            if not variants.broken(reports):
                progress.update(bar, description="Measuring tolerances")
                wrong = grading.wrong_ones(loaded, graded)
                judges = tolerances.Judges(running.judges, plain)
                measured = tolerances.measure_all(loaded, inside, wrong, judges, step)
            found.add(variants.unfit(loaded, reports, measured))
            found.add(tolerances.outside(loaded, measured))
    return found
