"""Signs of life of processes that answer to nobody, left in Redis for `/readyz`."""

import contextlib

import redis

HOUSEKEEPING = "xgrad:housekeeping"
LIFETIME_S = 180
"""Six sweeps: a process that is busy with an LMS's events for two minutes is not gone."""


def housekeeping_was_here(redis_url: str) -> None:
    """Say that a sweep came to its end. A Redis that is away is no reason to fail it."""
    with (
        contextlib.suppress(redis.RedisError),
        redis.Redis.from_url(redis_url, socket_timeout=2.0, socket_connect_timeout=2.0) as client,
    ):
        client.set(HOUSEKEEPING, "1", ex=LIFETIME_S)
