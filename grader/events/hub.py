"""One subscription to the broker, fanned out to everyone who listens in this process."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Iterator

import redis.asyncio as redis
import structlog

CHANNELS = "xgrad:submission:*"
RECONNECT_S = 1.0

log = structlog.get_logger()


class Hub:
    """Wakes listeners of a submission when the broker tells of it.

    What a message says is not passed on: a listener that wakes reads the database, so a lost, late
    or forged message can do no harm.
    """

    def __init__(self, redis_url: str) -> None:
        self._redis_url = redis_url
        self._listeners: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self.connected = False

    @contextlib.contextmanager
    def listen(self, submission_id: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever the submission has news."""
        news = asyncio.Event()
        self._listeners[submission_id].add(news)
        try:
            yield news
        finally:
            self._listeners[submission_id].discard(news)
            if not self._listeners[submission_id]:
                del self._listeners[submission_id]

    async def run(self) -> None:
        """Listen to the broker until cancelled, and again after it was away."""
        while True:
            try:
                await self._subscribe()
            except redis.RedisError as away:
                log.warning("events_broker_away", error=str(away))
            self.connected = False
            await asyncio.sleep(RECONNECT_S)

    async def _subscribe(self) -> None:
        client = redis.Redis.from_url(
            self._redis_url, socket_keepalive=True, health_check_interval=15
        )
        async with client, client.pubsub(ignore_subscribe_messages=True) as channel:
            await channel.psubscribe(CHANNELS)
            self.connected = True
            # What was said while we were away is lost: let everyone look.
            self._wake_all()
            async for message in channel.listen():
                self._wake(message["channel"].decode().rpartition(":")[2])

    def _wake(self, submission_id: str) -> None:
        for news in self._listeners.get(submission_id, ()):
            news.set()

    def _wake_all(self) -> None:
        for submission_id in tuple(self._listeners):
            self._wake(submission_id)
