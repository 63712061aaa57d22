"""`xgrad demo`: a real paper, end to end, on the real parts."""

import os
import shutil
import tempfile
from pathlib import Path

import click
from rich.console import Console

from xgrad import local
from xgrad.embedded.ports import free_port
from xgrad.faults import EXIT_FAILED
from xgrad.processes import Processes


@click.command()
@click.option("--keep", is_flag=True, help="Keep the demo's folder (database, logs) afterwards.")
@click.pass_context
def demo(ctx: click.Context, keep: bool) -> None:
    """Grade three submissions of a real paper and check every score, outcome and diagnosis.

    Everything is started on free ports and in a fresh folder, and stopped in the end. With
    DATABASE_URL and BROKER_URL set, those are used. The exit code is 0 only if all is as it must
    be; then the folder is removed.
    """
    folder = Path(tempfile.mkdtemp(prefix="xgrad-demo-"))
    good = False
    try:
        good = _play(folder)
    finally:
        if good and not keep:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            local.say(f"Logs and database: {folder}")
    ctx.exit(0 if good else EXIT_FAILED)


def _play(folder: Path) -> bool:
    outer = dict(os.environ) | {"XGRAD_MODE": "demo", "XGRAD_WEBHOOK_ALLOW_PRIVATE": "true"}
    for name in ("XGRAD_BASE_URL", "XGRAD_EVENTS_URL"):
        outer.pop(name, None)
    site = local.plan(folder, free_port(), free_port(), outer)
    local.enter(site)
    console = Console(width=None if Console().is_terminal else 120)
    with Processes(site.logs, site.environment) as processes:
        local.say("Starting the portal, the workers and what they need …")
        local.start(site, processes)
        # Imported late: these read the settings that were entered above.
        from xgrad.demo.receiver import Receiver
        from xgrad.demo.story import tell
        from xgrad.service import context

        with context() as ctx, Receiver() as receiver:
            return tell(ctx, processes, receiver, console)
