"""What a worker process holds, and how it begins and ends.

A worker of the queue `grading` starts its engine before it takes anything, and does not start at
all below the sandbox's floor: submissions wait in the queue for a worker that can hold them.
"""

import functools
import sys
from typing import Any

from celery import Celery, bootsteps, signals

from grader.bootstrap import Context, build
from grader.settings import Settings
from workers.config import GRADING
from workers.engine import Engine
from workers.heartbeat import Heartbeat
from workers.sandbox import SandboxRefused
from workers.warming import Warmer

EXIT_SETUP = 3

_held: dict[str, Any] = {}


@functools.cache
def context() -> Context:
    """This process's context, built on first use: after a fork, never before."""
    return build(Settings.load())


def engine() -> Engine:
    """The engine of this grading worker."""
    held: Engine = _held["engine"]
    return held


def install(app: Celery) -> None:
    """Make the app's workers begin and end as this module says."""
    app.steps["worker"].add(Ground)
    signals.worker_ready.connect(_ready, weak=False)
    signals.worker_shutdown.connect(_shutdown, weak=False)


class Ground(bootsteps.StartStopStep):
    """Starts the engine of a grading worker before its consumer, which is always the last step."""

    requires = ("celery.worker.components:Pool",)  # type: ignore[assignment]

    def include_if(self, worker: Any) -> bool:
        """Only where code is run."""
        return GRADING in worker.app.amqp.queues.consume_from

    def start(self, worker: Any) -> None:
        """Start the engine, or end this worker with the reason and the remedy."""
        settings = context().settings
        try:
            _held["engine"] = Engine.start(settings.sandbox_slots, settings.sandbox_required)
        except SandboxRefused as refused:
            Heartbeat(context(), worker.hostname).refuse(refused.reason)
            print(f"This worker refuses to start: {refused}", file=sys.stderr, flush=True)
            raise SystemExit(EXIT_SETUP) from None

    def stop(self, worker: Any) -> None:
        """Nothing yet: tasks that still run need the engine; `_shutdown` closes it."""


def _ready(sender: Any, **_: Any) -> None:
    if "engine" in _held:
        _held["heartbeat"] = Heartbeat(context(), sender.hostname, engine())
        _held["heartbeat"].start()
        _held["warmer"] = Warmer(context(), engine().judges)
        _held["warmer"].start()


def _shutdown(**_: Any) -> None:
    for name in ("warmer", "heartbeat", "engine"):
        if name in _held:
            _held.pop(name).close()
