"""Live news of submissions, for the pages that are open right now."""

import json
from typing import Protocol

import redis
import structlog

CHANNEL = "xgrad:submission:"

log = structlog.get_logger()


class LiveEvents(Protocol):
    """Where services say that a submission's state changed."""

    def publish(self, submission_id: str, state: str) -> None:
        """Tell whoever watches; never raises, since pages look again by themselves."""


class RedisEvents:
    """Publishes to the channel `xgrad:submission:<id>` as JSON `{submission_id, state}`."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=2.0, socket_connect_timeout=2.0)

    def publish(self, submission_id: str, state: str) -> None:
        """Tell whoever watches; a lost message is logged, never raised."""
        message = json.dumps({"submission_id": submission_id, "state": state})
        try:
            self._redis.publish(CHANNEL + submission_id, message)
        except redis.RedisError as error:
            log.warning("live event lost", submission_id=submission_id, error=str(error))
