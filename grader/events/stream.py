"""The states of one submission, as they change, each read from the database."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

from sse_starlette.event import ServerSentEvent

from grader.bootstrap import Context
from grader.events.hub import Hub
from grader.store.queries import submissions

LOOK_AGAIN_S = {"queued": 3.0, "running": 10.0}
"""How long to trust silence: a place in the queue moves without news of one's own."""


async def states(ctx: Context, hub: Hub, submission_id: str) -> AsyncIterator[ServerSentEvent]:
    """Each state once, the present one first; ends after a final one."""
    told: submissions.Status | None = None
    with hub.listen(submission_id) as news:
        while True:
            # Cleared before the look, so news that arrives during it is not missed.
            news.clear()
            seen = await look(ctx, submission_id)
            if seen != told:
                yield _event(seen)
                told = seen
            if seen.final:
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), LOOK_AGAIN_S.get(seen.state, 10.0))


async def look(ctx: Context, submission_id: str) -> submissions.Status:
    """The state in the database, read in a thread. Raises NotFound."""

    def read() -> submissions.Status:
        with ctx.store.read() as session:
            return submissions.status(session, submission_id)

    return await asyncio.to_thread(read)


def _event(status: submissions.Status) -> ServerSentEvent:
    data = {"state": status.state, "queue_position": status.queue_position, "final": status.final}
    return ServerSentEvent(event="state", data=json.dumps(data))
