"""`xgrad run`: serve everything on this machine until Ctrl-C."""

import os
import shutil
import sys
from pathlib import Path

import click

from xgrad import local
from xgrad.embedded.ports import need
from xgrad.processes import Processes, Stopped


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=local.PORT,
    show_default=True,
    help="Where the portal listens, on loopback.",
)
@click.option(
    "--events-port",
    type=click.IntRange(1, 65535),
    default=local.EVENTS_PORT,
    show_default=True,
    help="Where the live streams listen.",
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    show_default="var/demo; in production var",
    help="Where the database, the artefacts and the logs are kept.",
)
def run(port: int, events_port: int, folder: Path | None) -> None:
    """Serve the portal, its workers and an embedded broker until Ctrl-C.

    DATABASE_URL and BROKER_URL, where set, are used instead of the embedded ones. In demo mode
    (the default here; production is XGRAD_MODE=production) a course with people is made.
    """
    need(port, "the portal", "--port")
    need(events_port, "the live streams", "--events-port")
    site = local.plan(folder or _folder(), port, events_port, os.environ)
    local.enter(site)
    try:
        _serve(site)
    except Stopped:
        kept = _shown(site.folder)
        if sys.stderr.isatty():
            local.say("")  # the terminal has just shown ^C
        local.say(f"Stopped. What was handed in is kept in {kept}; the next run goes on with it.")
        raise


def _serve(site: local.Site) -> None:
    with Processes(site.logs, site.environment) as processes:
        local.say("Starting …")
        local.start(site, processes)
        local.remember(site)
        if site.environment["XGRAD_MODE"] == "demo":
            _greet()
            local.say(f"  administer it: {_xgrad()} admin --folder {_shown(site.folder)} --help")
        local.say(f"Serving {site.base_url} (logs: {site.logs}). Ctrl-C stops everything.")
        processes.watch()


def _folder() -> Path:
    # Not where a service for real students keeps its database: people of the demo are made here.
    production = os.environ.get("XGRAD_MODE") == local.PRODUCTION
    return Path("var") if production else Path("var", "demo")


def _xgrad() -> str:
    """The command as it can be typed here: the .venv of `make` is on nobody's PATH."""
    return "xgrad" if shutil.which("xgrad") else _shown(Path(sys.executable).parent / "xgrad")


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _greet() -> None:
    from xgrad.demo.seed import settle
    from xgrad.service import context

    with context() as ctx:
        for person in settle(ctx):
            local.say(f"  sign in as {person.role:<10}  {person.username}  {person.password}")
