"""Explanations are a courtesy: whatever goes wrong with one must cost no grade."""

from collections.abc import Callable
from typing import TypeVar

One = TypeVar("One")


def attempt(find: Callable[[], One], otherwise: One) -> One:
    """What `find` gives, or `otherwise` where it fails: `xgrad check` tells authors of that."""
    try:
        return find()
    except Exception:
        return otherwise
