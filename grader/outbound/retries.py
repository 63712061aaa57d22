"""When to try a delivery again: the table of Standard Webhooks, with jitter."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DELAYS = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""The wait before each try, the first included; after the last one the delivery has failed."""

JITTER = 0.2
LONGEST_WISH = timedelta(hours=24)


def next_try(
    tries: int, now: datetime, wish: timedelta | None = None, chance: float = 0.5
) -> datetime | None:
    """When to try again after `tries` tries, or None when they are used up.

    `wish` is what the receiver asked for in Retry-After; it can only make the wait longer, and
    by a day at most. `chance` (0 to 1) spreads the wait by ±JITTER, so that receivers which were
    away are not met by everyone at once.
    """
    if tries >= len(DELAYS):
        return None
    planned = DELAYS[tries] * (1 + JITTER * (2 * chance - 1))
    wished = min(wish, LONGEST_WISH) if wish is not None else timedelta(0)
    return now + max(planned, wished)


def retry_after(header: str | None, now: datetime) -> timedelta | None:
    """The wait that a Retry-After header asks for (seconds or a date), or None if it says none."""
    if header is None:
        return None
    if header.strip().isascii() and header.strip().isdigit():
        return timedelta(seconds=min(int(header.strip()[:9]), 10**9))
    try:
        at = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(timedelta(0), aware - now)
