"""What follows a commit. It may fail without harm: the database knows what is left to do."""

from collections.abc import Callable

import structlog

from grader.outbound.queue import QueueDown

log = structlog.get_logger()


def quietly(enqueue: Callable[..., None], *ids: str) -> None:
    """Enqueue; a broker that is down is logged, and the sweep enqueues later."""
    try:
        enqueue(*ids)
    except QueueDown as error:
        log.warning("not enqueued; the sweep will", ids=ids, error=str(error))
