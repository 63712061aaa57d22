"""A grading worker's sign of life: what /readyz and `xgrad doctor` read, and when to start anew.

Redis key `xgrad:worker:<name>`, JSON `{"ok": bool, "reason": str, "layers": [str]}`, for 30 s.
"""

import contextlib
import json
import os
import signal
import threading
import time
from collections.abc import Callable

import redis
import structlog
from celery.worker import state
from sqlalchemy.exc import SQLAlchemyError

from grader.bootstrap import Context
from workers.at_work import touch_long_ones
from workers.config import GRADING
from workers.engine import Engine

PREFIX = "xgrad:worker:"
EVERY_S = 8.0
LIFETIME_S = 30
CANARIES_EVERY_S = 300.0
STALLED_AFTER_S = 60.0

log = structlog.get_logger()


class Heartbeat:
    """Beats in a thread of its own; ends the worker when it may not, or does not, go on."""

    def __init__(self, ctx: Context, name: str, engine: Engine | None = None) -> None:
        self._ctx = ctx
        self._redis = redis.Redis.from_url(ctx.settings.redis_url, socket_timeout=5)
        self._key = PREFIX + name
        self._engine = engine
        self._stall = Stall(_backlog(ctx.settings.broker_url), lambda: len(state.reserved_requests))
        self._song = ""
        self._left = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Begin beating."""
        self._thread.start()
        if self._engine is not None:
            args = (self._engine,)
            threading.Thread(target=self._sing, args=args, name="canaries", daemon=True).start()

    def close(self) -> None:
        """Stop beating, and take the sign away at once, unless it says why this worker left."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)
        if not self._left:
            with contextlib.suppress(redis.RedisError):
                self._redis.delete(self._key)
        self._redis.close()

    def refuse(self, reason: str) -> None:
        """Say for LIFETIME_S why this worker takes nothing."""
        self._say(ok=False, reason=reason)
        self._redis.close()

    def _beat(self) -> None:
        while not self._ended.is_set():
            trouble = self._trouble()
            if trouble:
                self._leave(trouble)
                return
            self._say(ok=True, reason="")
            self._touch()
            self._ended.wait(EVERY_S)

    def _trouble(self) -> str:
        """Why this worker may not go on, or nothing."""
        if self._stall.noticed(time.monotonic()):
            return "Work waits in the queue, and this worker stopped taking it."
        return self._song

    def _sing(self, engine: Engine) -> None:
        """Try the canaries now and then, beside the beat: they wait for a slot as any run does."""
        while not self._song and not self._ended.wait(CANARIES_EVERY_S):
            try:
                engine.sandbox.canaries()
            except Exception as escaped:
                self._song = f"The sandbox no longer holds: {escaped}"

    def _touch(self) -> None:
        try:
            touch_long_ones(self._ctx)
        except SQLAlchemyError as away:
            log.warning("database_away", error=type(away).__name__)

    def _leave(self, reason: str) -> None:
        """End this worker; whoever runs it starts it again, and it then checks itself anew."""
        log.error("worker_leaves", reason=reason)
        self._say(ok=False, reason=reason)
        self._left = True
        self._ended.set()
        os.kill(os.getpid(), signal.SIGTERM)

    def _say(self, *, ok: bool, reason: str) -> None:
        layers = list(self._engine.attestation.layers) if self._engine else []
        text = json.dumps({"ok": ok, "reason": reason, "layers": layers})
        with contextlib.suppress(redis.RedisError):
            self._redis.set(self._key, text, ex=LIFETIME_S)


class Stall:
    """Notices a consumer that stopped listening, which a broker that was reset can cause."""

    def __init__(self, backlog: Callable[[], int], busy: Callable[[], int]) -> None:
        self._backlog = backlog
        self._busy = busy
        self._idle_since: float | None = None

    def noticed(self, now: float) -> bool:
        """True when work has waited for STALLED_AFTER_S while this worker did nothing."""
        if self._busy() or not self._backlog():
            self._idle_since = None
            return False
        if self._idle_since is None:
            self._idle_since = now
        return now - self._idle_since >= STALLED_AFTER_S


def _backlog(broker_url: str) -> Callable[[], int]:
    """How to count the messages that wait; other brokers than Redis reconnect by themselves."""
    if not broker_url.startswith(("redis://", "rediss://")):
        return lambda: 0
    client = redis.Redis.from_url(broker_url, socket_timeout=5)

    def count() -> int:
        try:
            return int(client.llen(GRADING))
        except redis.RedisError:
            return 0

    return count
