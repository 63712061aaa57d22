"""`xgrad regrade`: many grades taken anew by the version that is published now, or taken back."""

import contextlib
import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from grader.bootstrap import Context
from grader.services.regrades import finish, revert
from grader.services.regrades import target as targets
from grader.services.regrades.revert import Reverted
from xgrad.engines import engine
from xgrad.faults import EXIT_FAILED
from xgrad.service import context
from xgrad.show import outcome, points

if TYPE_CHECKING:
    from workers.regrading import Line, Report

SLOTS = 2


@click.command()
@click.argument("assignment", required=False)
@click.option("--course", default=None, help="The course's key, where several have the assignment.")
@click.option("--dry-run", is_flag=True, help="List what would change and write nothing (default).")
@click.option("--apply", "write", is_flag=True, help="Write the grades that change.")
@click.option("--rerun", is_flag=True, help="Run students' code again instead of taking kept runs.")
@click.option("--revert", "regrade_id", default=None, metavar="ID", help="Take a regrade back.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON and nothing else.")
@click.pass_context
def regrade(  # noqa: PLR0917 - as the options are named
    ctx: click.Context,
    assignment: str | None,
    course: str | None,
    dry_run: bool,
    write: bool,
    rerun: bool,
    regrade_id: str | None,
    as_json: bool,
) -> None:
    """Grade every submission to ASSIGNMENT (its key) again, by the version published now.

    What students' code produced was kept, so only what the sandbox would be given anew is run.
    People's marks stay, and late penalties are taken as they hold now. A grade that cannot be
    judged by a fault of ours stays as it is; then the exit code is 1.
    """
    if (assignment is None) == (regrade_id is None):
        raise click.UsageError("Name an ASSIGNMENT, or a regrade to take back with --revert ID.")
    if dry_run and (write or regrade_id is not None):
        raise click.UsageError("--dry-run writes nothing: leave out --apply and --revert.")
    console = Console(stderr=True)
    with context() as service:
        if assignment is None:
            _show_reverted(_revert(service, str(regrade_id), console), as_json=as_json)
            return
        target = targets.find(service, None, assignment, course)
        report, made = _regrade(service, target, console, write=write, rerun=rerun)
    _show(report, made, as_json=as_json, written=write)
    if report.failed:
        ctx.exit(EXIT_FAILED)


def _regrade(
    service: Context, target: targets.Target, console: Console, *, write: bool, rerun: bool
) -> tuple["Report", str | None]:
    from workers.regrading import regrade as carry_out

    _tell_older(service, target)
    with _told_if_broken_off(service, target, write):
        with _bar(console, "Starting the sandbox and the judges") as move, engine(SLOTS) as running:
            report = carry_out(
                service,
                running,
                target,
                apply=write,
                rerun=rerun,
                progress=lambda done, of: move(f"Regrading {target.key}", done, of),
            )
        made = finish.finish(service, None, target, report.totals()) if write else None
    return report, made


def _tell_older(service: Context, target: targets.Target) -> None:
    for regrade_id, by_this_version in finish.unfinished(service, target):
        if not by_this_version:
            said = "A regrade by an earlier version was never finished; what it wrote stands."
            click.echo(f"{said} Take it back with: xgrad regrade --revert {regrade_id}", err=True)


@contextlib.contextmanager
def _told_if_broken_off(service: Context, target: targets.Target, write: bool) -> Iterator[None]:
    """However it ends, Ctrl-C too, the id of what was written is said: it is the way back."""
    try:
        yield
    except BaseException:
        written = [one for one, by_this in finish.unfinished(service, target) if by_this]
        for regrade_id in written if write else ():
            click.echo(
                "The regrade broke off; what it wrote stands. Give the same command again to go "
                f"on, or take it back with: xgrad regrade --revert {regrade_id}",
                err=True,
            )
        raise


def _revert(service: Context, regrade_id: str, console: Console) -> Reverted:
    done, seen = Reverted(), 0
    lots = revert.begin(service, None, regrade_id)
    whole = sum(map(len, lots))
    with _bar(console, "Taking it back") as move:
        for ids in lots:
            done += revert.restore(service, None, regrade_id, ids)
            seen += len(ids)
            move("Taking it back", seen, whole)
    revert.end(service, None, regrade_id, done)
    return done


@contextlib.contextmanager
def _bar(console: Console, first: str) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on standard error, where that is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    quiet = not console.is_terminal
    bar = Progress(*columns, TimeRemainingColumn(), console=console, transient=True, disable=quiet)
    with bar:
        task = bar.add_task(first, total=None)
        yield lambda text, done, of: bar.update(task, description=text, completed=done, total=of)


def _show(report: "Report", made: str | None, *, as_json: bool, written: bool) -> None:
    if as_json:
        lines = [dataclasses.asdict(one) for one in report.lines]
        said: dict[str, Any] = {"regrade": made, "applied": written, "totals": report.totals()}
        click.echo(json.dumps({**said, "grades": lines}, indent=2))
        return
    if report.lines:
        Console().print(_table(report.lines))
    verb = "changed" if written else "would change"
    click.echo(
        f"{report.submissions} submissions: {report.changed} grades {verb} "
        f"({report.score_changed} in their score), {report.same} stay, "
        f"{report.failed} could not be judged, {report.waiting} are being graded now. "
        f"Runs: {report.kept_runs} kept, {report.sandbox_runs} new."
    )
    if made is not None:
        click.echo(f"Take it back with: xgrad regrade --revert {made}")
    elif written:
        click.echo("Nothing was written.")


def _table(lines: list["Line"]) -> Table:
    table = Table()
    for heading in ("student", "attempt", "score", "outcome", "questions"):
        table.add_column(heading, overflow="fold")
    for one in lines:
        if one.verdict == "failed":
            table.add_row(
                escape(one.student), str(one.attempt), "", "[red]not judged[/]", one.reason
            )
            continue
        old = "–" if one.old_score is None else f"{one.old_score:g}"
        words = [f"{name} (words)" for name in one.words]
        table.add_row(
            escape(one.student),
            str(one.attempt),
            f"{old} → {points(one.new_score, one.max_score or 0)}",
            f"{outcome(one.old_outcome or '–')} → {outcome(one.new_outcome or '–')}",
            ", ".join([*one.questions, *words]),
        )
    return table


def _show_reverted(done: Reverted, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(done)))
        return
    click.echo(f"Restored {done.restored} grades.")
    if done.left:
        click.echo(f"Left {done.left} as they are: they were graded again since.")
    if done.without:
        click.echo(f"Left {done.without} as they are: they had no grade before the regrade.")
