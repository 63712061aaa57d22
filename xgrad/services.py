"""The processes that make up xgrad, in one table: `xgrad run` and docker-compose.yml both use it.

Addresses are not part of a command: gunicorn and uvicorn read them from `GUNICORN_CMD_ARGS`,
`UVICORN_HOST` and `UVICORN_PORT`, so that one line serves a laptop and a container.
"""

from dataclasses import dataclass

_CELERY = ("python", "-m", "celery", "--app", "workers.app")
_QUIET = ("--without-gossip", "--without-mingle", "--loglevel", "INFO")


@dataclass(frozen=True)
class Service:
    """One process: its name, and the command that starts it (`python` means this interpreter)."""

    name: str
    command: tuple[str, ...]


MIGRATE = Service("migrate", ("python", "-m", "grader.store.migrate"))
"""Runs once, to its end, before the others start."""

WEB = Service(
    "web",
    (
        *("python", "-m", "gunicorn", "grader.web.wsgi:app"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "8"),
        *("--timeout", "60", "--graceful-timeout", "5", "--max-requests", "20000"),
        # Nothing is opened at import, so the app may be loaded once and forked.
        *("--max-requests-jitter", "2000", "--preload", "--no-control-socket"),
    ),
)
EVENTS = Service(
    "events",
    (
        *("python", "-m", "uvicorn", "grader.events.app:app"),
        *("--timeout-graceful-shutdown", "3", "--no-access-log", "--no-server-header"),
    ),
)
WORKER = Service(
    "worker",
    (
        *(*_CELERY, "worker", "--queues", "grading", "--hostname", "grading@%h"),
        # One process holds the zygote and the judges; its threads only wait for them.
        *("--pool", "threads", "--disable-prefetch", *_QUIET),
    ),
)
DELIVERY = Service(
    "delivery",
    (
        *(*_CELERY, "worker", "--queues", "delivery", "--hostname", "delivery@%h"),
        # Processes, since only a process can be ended when a receiver never stops answering.
        *("--pool", "prefork", "--concurrency", "2", "--disable-prefetch", *_QUIET),
    ),
)
HOUSEKEEPING = Service(
    "housekeeping",
    (
        # Beside the deliveries, not behind them: a slow receiver must not keep an LMS's
        # submissions or the sweep waiting.
        *(*_CELERY, "worker", "--queues", "housekeeping", "--hostname", "housekeeping@%h"),
        *("--pool", "prefork", "--concurrency", "2", "--disable-prefetch", *_QUIET),
    ),
)
BEAT = Service("beat", (*_CELERY, "beat", "--loglevel", "INFO"))

LASTING = (WEB, EVENTS, WORKER, DELIVERY, HOUSEKEEPING, BEAT)
"""The processes that stay, in the order in which they are started."""
