"""The site under test: the web server as it is run for real, beside a Valkey and a SQLite file."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.bootstrap import Context, build
from grader.settings import Settings
from grader.store import migrate
from xgrad.embedded import valkey as embedded
from xgrad_pages.processes import (
    environment,
    free_port,
    process,
    script,
    wait_for_page,
    wait_for_port,
)

SECRET = "browser-tests-sign-their-cookies-with-this-one"


@dataclass
class Site:
    """Where it is served, and a context of our own over the same database."""

    url: str
    events_url: str
    ctx: Context


@contextmanager
def serve(folder: Path) -> Iterator[Site]:
    """The site while the block runs."""
    ports = {name: free_port() for name in ("valkey", "web", "events")}
    wanted = {
        "DATABASE_URL": f"sqlite:///{folder / 'pages.db'}",
        "BROKER_URL": f"redis://127.0.0.1:{ports['valkey']}/0",
        "XGRAD_MODE": "test",
        "XGRAD_SECRET_KEY": SECRET,
        "XGRAD_BASE_URL": f"http://127.0.0.1:{ports['web']}",
        "XGRAD_EVENTS_URL": f"http://127.0.0.1:{ports['events']}",
        "XGRAD_ARTEFACTS_URL": f"file://{folder / 'artefacts'}",
        "XGRAD_CACHE_DIR": str(folder / "cache"),
    }
    env = environment(**wanted)
    migrate.upgrade(wanted["DATABASE_URL"])
    with ExitStack() as running:
        for name in ("valkey", "web", "events"):
            command = COMMANDS[name](ports[name], folder)
            _start(running, folder / f"{name}.log", env, ports[name], command)
        wait_for_page(wanted["XGRAD_BASE_URL"] + "/healthz", folder / "web.log")
        ctx = build(settings(wanted))
        running.callback(ctx.close)
        yield Site(wanted["XGRAD_BASE_URL"], wanted["XGRAD_EVENTS_URL"], ctx)


def valkey(port: int, folder: Path) -> list[str]:
    return list(embedded.command(port, folder / "valkey"))


def web(port: int, _: Path) -> list[str]:
    bind = ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "8"]
    bind.append("--no-control-socket")  # all sites of a user would have the same
    return [script("gunicorn"), "grader.web.wsgi:app", "--workers", "1", *bind]


def stream(port: int, _: Path) -> list[str]:
    bind = ["--host", "127.0.0.1", "--port", str(port)]
    return [script("uvicorn"), "grader.events.app:app", *bind]


COMMANDS = {"valkey": valkey, "web": web, "events": stream}


def settings(wanted: dict[str, str]) -> Settings:
    """The same settings as the processes have, without touching our own environment."""
    values = {name.removeprefix("XGRAD_").lower(): value for name, value in wanted.items()}
    return Settings(**values)  # type: ignore[arg-type]


def _start(
    running: ExitStack, log: Path, env: dict[str, str], port: int, command: list[str]
) -> None:
    running.enter_context(process(command, log, env))
    wait_for_port(port, log)
