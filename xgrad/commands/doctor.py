"""`xgrad doctor`: what this machine has and lacks for the sandbox, layer by layer."""

import dataclasses
import json
import platform
from importlib.metadata import version
from typing import Literal

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from xgrad.faults import EXIT_SETUP


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--required",
    type=click.Choice(["floor", "full"]),
    default="floor",
    envvar="XGRAD_SANDBOX_REQUIRED",
    show_default=True,
    help="The level to hold this machine to; XGRAD_SANDBOX_REQUIRED if that is set.",
)
@click.pass_context
def doctor(ctx: click.Context, as_json: bool, required: Literal["floor", "full"]) -> None:
    """Show every layer of the sandbox, what is missing, and the command that mends it.

    The exit code is 0 if students' code can be run here, else 3.
    """
    from workers.sandbox.doctor import report

    layers = report(required)
    # They are tried last, in a real child: below the level there is none to try them in.
    ok = any(layer.name == "canaries" and layer.ok for layer in layers)
    if as_json:
        rows = [dataclasses.asdict(layer) for layer in layers]
        click.echo(json.dumps({"ok": ok, "machine": _machine(), "layers": rows}, indent=2))
    else:
        _table(Console(), layers, ok)
    ctx.exit(0 if ok else EXIT_SETUP)


def _table(console: Console, layers: list, ok: bool) -> None:  # type: ignore[type-arg]
    table = Table(title="The sandbox on this machine", title_justify="left")
    for heading in ("layer", "", "what was seen", "remedy"):
        table.add_column(heading, overflow="fold")
    for layer in layers:
        mark = "[green]ok[/]" if layer.ok else "[red]no[/]"
        table.add_row(layer.name, mark, escape(layer.detail), escape(layer.remedy))
    console.print(table)
    console.print(_machine(), style="dim")
    verdict = (
        "Students' code can be run here."
        if ok
        else "Below the level required: workers refuse to start."
    )
    console.print(verdict, style="green" if ok else "red")


def _machine() -> str:
    kernel = f"{platform.system()} {platform.release()}"
    return f"xgrad {version('xgrad')}, Python {platform.python_version()}, {kernel}"
