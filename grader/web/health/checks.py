"""What readiness looks at: each part says whether it is well, and why not."""

import json
import time
from collections.abc import Callable
from typing import Any

import redis
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from grader import signs
from grader.bootstrap import Context
from grader.store import migrate

WORKER_KEYS = "xgrad:worker:*"
REDIS_SECONDS = 2.0
PATIENCE_S = 120.0
"""After its own start the web says nothing of a housekeeping that may be starting too."""
HOUSEKEEPING = "housekeeping"
_NO_SWEEP = (
    "It has not swept for three minutes. Webhooks, an LMS's events and lost tasks wait: "
    "look whether the processes housekeeping and beat run."
)


class Part(BaseModel):
    """One thing the service needs."""

    name: str
    ok: bool
    reason: str = ""
    layers: list[str] = []


def parts(ctx: Context, since: float) -> list[Part]:
    """Database, Redis, housekeeping, and every grading worker that has sent a heartbeat.

    `since` is when this process began to serve, by `time.monotonic`.
    """
    client = redis.Redis.from_url(
        ctx.settings.redis_url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS
    )
    try:
        return [_database(ctx), _redis(client), _housekeeping(client, since), *_workers(client)]
    finally:
        client.close()


def _database(ctx: Context) -> Part:
    try:
        with ctx.store.read() as session:
            session.execute(text("SELECT 1"))
        current = migrate.is_current(ctx.settings.database_url)
    except SQLAlchemyError as error:
        return Part(name="database", ok=False, reason=f"It does not answer: {_first(error)}.")
    reason = "" if current else "Its migrations are behind: run `alembic upgrade head`."
    return Part(name="database", ok=current, reason=reason)


def _redis(client: "redis.Redis") -> Part:
    return _asked("redis", client.ping)


def _asked(name: str, ask: Callable[[], Any]) -> Part:
    try:
        ask()
    except redis.RedisError as error:
        return Part(name=name, ok=False, reason=f"It does not answer: {_first(error)}.")
    return Part(name=name, ok=True)


def _housekeeping(client: "redis.Redis", since: float) -> Part:
    """Its last sweep left a sign; beat and its queue are well too, then."""
    try:
        seen = client.exists(signs.HOUSEKEEPING)
    except redis.RedisError:
        return Part(name=HOUSEKEEPING, ok=False, reason="Unknown while Redis does not answer.")
    if seen:
        return Part(name=HOUSEKEEPING, ok=True)
    if time.monotonic() - since < PATIENCE_S:
        return Part(name=HOUSEKEEPING, ok=True, reason="It has not swept since the start.")
    return Part(name=HOUSEKEEPING, ok=False, reason=_NO_SWEEP)


def _workers(client: "redis.Redis") -> list[Part]:
    try:
        keys = sorted(client.scan_iter(WORKER_KEYS, count=100))
        beats = [_beat(key, client.get(key)) for key in keys]
    except redis.RedisError:
        return [Part(name="workers", ok=False, reason="Unknown while Redis does not answer.")]
    if not beats:
        reason = "No grading worker has sent a heartbeat; submissions wait in the queue."
        return [Part(name="workers", ok=False, reason=reason)]
    return beats


def _beat(key: bytes, value: Any) -> Part:
    name = key.decode("utf-8", "replace").removeprefix("xgrad:")
    try:
        beat = json.loads(value or b"{}")
        layers = [str(one) for one in beat.get("layers", [])]
        return Part(
            name=name, ok=beat.get("ok") is True, reason=beat.get("reason") or "", layers=layers
        )
    except (ValueError, AttributeError, TypeError):
        return Part(name=name, ok=False, reason="Its heartbeat could not be read.")


def _first(error: Exception) -> str:
    """The kind of error only: a driver's message may hold an address with a password."""
    return type(error).__name__
