"""Which gradings this process is at, and since when."""

import contextlib
import threading
import time
from collections.abc import Iterator

from grader.bootstrap import Context
from grader.services.touch import touch

LONG_S = 30.0

_lock = threading.Lock()
_begun: dict[str, float] = {}


@contextlib.contextmanager
def at_work(grading_id: str) -> Iterator[None]:
    """While inside, this process is at that grading."""
    with _lock:
        _begun[grading_id] = time.monotonic()
    try:
        yield
    finally:
        with _lock:
            _begun.pop(grading_id, None)


def touch_long_ones(ctx: Context) -> int:
    """Give a sign of life for each grading that takes long; returns how many there are."""
    now = time.monotonic()
    with _lock:
        long = [one for one, since in _begun.items() if now - since >= LONG_S]
    touch(ctx, long)
    return len(long)
