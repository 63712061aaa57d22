"""How many digits a question asks for, and a number as a student types it."""

import math
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor


@dataclass(frozen=True)
class Digits:
    """So many decimals, or so many significant digits."""

    rule: Literal["decimals", "significant"]
    count: int

    def places(self, value: float) -> int:
        """Decimal places to which `value` is typed."""
        if self.rule == "decimals" or value == 0:
            return self.count
        return self.count - 1 - math.floor(math.log10(abs(value)))

    def unit(self, value: float) -> float:
        """One unit in the last digit typed of `value`."""
        return 10.0 ** -self.places(value)

    def text(self, value: float) -> str:
        """`value` as typed; never a negative zero."""
        places = self.places(value)
        return f"{round(value, places) + 0.0:.{max(places, 0)}f}"

    def typed(self, values: Tensor) -> Tensor:
        """Every component rounded as typed: float64, same shape."""
        typed = [float(self.text(value)) for value in values.flatten().tolist()]
        return torch.tensor(typed, dtype=torch.float64).reshape(values.shape)

    def differ(self, answer: Tensor, right: Tensor, units: float) -> bool:
        """Whether some component is further than `units` last digits from the right one."""
        pairs = zip(answer.flatten().tolist(), right.flatten().tolist(), strict=True)
        return any(abs(given - true) > units * self.unit(true) for given, true in pairs)


def decimals(count: int) -> Digits:
    """So many places after the point."""
    return Digits("decimals", count)


def significant(count: int) -> Digits:
    """So many significant digits."""
    return Digits("significant", count)
