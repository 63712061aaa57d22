"""The tasks: each takes an id, may run twice without harm, and leaves the work to a service."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import structlog
from celery import shared_task

from grader import signs
from grader.outbound import deliveries, due
from grader.services import grading, lms_inbox, lms_tries, outbox, sweep
from workers import lifecycle
from workers.at_work import at_work
from workers.grading import backoff_s, carry_out

STALE = timedelta(minutes=3)
"""A row untouched for this long, though its task should have begun, is sent to the queue again."""

log = structlog.get_logger()


def task(name: str, **options: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Celery's `shared_task` under the name that services send, with a type."""
    return cast("Callable[..., Any]", shared_task(name=name, **options))


@task("workers.grade", bind=True, max_retries=grading.MAX_TRIES)
def grade(self: Any, grading_id: str) -> None:
    """Grade one submission and record it."""
    ctx = lifecycle.context()
    try:
        with at_work(grading_id):
            carry_out(ctx, lifecycle.engine(), grading_id)
    except Exception as fault:
        log.warning("grading_broke", grading_id=grading_id, error=repr(fault), exc_info=True)
        # Counted in the database, so a worker that dies while it grades counts as a try too.
        if grading.release(ctx, grading_id, str(fault) or repr(fault)):
            raise self.retry(exc=fault, countdown=backoff_s(self.request.retries)) from fault


@task("workers.inbound", max_retries=0, time_limit=120)
def inbound(inbound_id: str) -> None:
    """Act on one verified event of an LMS; what broke is tried again by the sweep."""
    ctx = lifecycle.context()
    try:
        lms_inbox.act(ctx, inbound_id)
    except Exception as fault:
        log.warning("inbound_broke", inbound_id=inbound_id, error=repr(fault), exc_info=True)
        lms_tries.release(ctx, inbound_id, str(fault) or repr(fault))


@task("workers.dispatch", max_retries=0, time_limit=60)
def dispatch() -> None:
    """Turn new outbox rows into deliveries, and send those whose time has come."""
    ctx = lifecycle.context()
    outbox.dispatch(ctx)
    due.enqueue(ctx)


@task("workers.deliver", max_retries=0, time_limit=deliveries.TIME_LIMIT_S)
def deliver(delivery_id: str) -> None:
    """Try one delivery of a webhook, then send its endpoint's next one to the queue."""
    deliveries.attempt(lifecycle.context(), delivery_id)
    due.enqueue(lifecycle.context())


@task("workers.sweep", max_retries=0, time_limit=60)
def sweep_lost() -> None:
    """Send work again whose task was lost."""
    ctx = lifecycle.context()
    sent = sweep.sweep(ctx, STALE)
    signs.housekeeping_was_here(ctx.settings.redis_url)
    if sent:
        log.warning("swept", rows=sent)
