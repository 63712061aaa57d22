"""How right answers are to be worked out again, and with what they are to be compared."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from rubrics.audit.reordered import Reordered, backwards, evens_first
from rubrics.findings import Truth, WrongSample

ORDERS = {"": None, "sums backwards": backwards, "sums in another order": evens_first}

MOST_S = 20.0
"""For one check in one setting; what is not tried by then is left out, and that is told."""


@dataclass(frozen=True)
class Setting:
    """One of several ways to run the same code.

    `first` is the way in which answers are judged: it says what is right, and there wrong answers
    are looked at. The others, on more threads or without vector instructions, are held to its
    `truths`, by "question/check/kind".
    """

    threads: int = 1
    samples: Sequence[WrongSample] = ()
    truths: Mapping[str, Truth] = field(default_factory=dict)
    first: bool = True

    def told(self, name: str, order: str = "", dtype: str = "") -> str:
        """How a right answer was worked out, in words."""
        threads = f"{self.threads} threads" if self.threads > 1 else ""
        start = f"`{name}`" + (f" in {dtype}" if dtype else "")
        return ", ".join(part for part in (start, order, threads) if part)


def ordered(order: str) -> AbstractContextManager[object]:
    """Inside, sums are taken in that order of `ORDERS`."""
    change = ORDERS[order]
    return Reordered(change) if change else nullcontext()
