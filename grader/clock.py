"""The one source of the present moment, so that tests can set it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives an aware UTC datetime."""


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)
