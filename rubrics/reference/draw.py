"""Seeded draws for hidden inputs: the same seed gives the same inputs, another gives others."""

from collections.abc import Sequence
from typing import TypeVar

import torch

One = TypeVar("One")


class Draw:
    """What an author's cases are drawn with; one a submission and set of cases."""

    def __init__(self, seed: int) -> None:
        """Any integer."""
        self.generator = torch.Generator().manual_seed(seed % 2**63)

    def normal(self, *shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        """Standard normal numbers, shape `shape`."""
        return torch.randn(shape, generator=self.generator, dtype=torch.float64).to(dtype)

    def uniform(
        self, low: float, high: float, *shape: int, dtype: torch.dtype = torch.float32
    ) -> torch.Tensor:
        """Uniform numbers between `low` and `high`, shape `shape`."""
        unit = torch.rand(shape, generator=self.generator, dtype=torch.float64)
        return (low + (high - low) * unit).to(dtype)

    def integers(self, low: int, high: int, *shape: int) -> torch.Tensor:
        """Integers from `low` to `high`, both included; int64, shape `shape`."""
        return torch.randint(low, high + 1, shape, generator=self.generator)

    def permutation(self, count: int) -> torch.Tensor:
        """The integers below `count` in some order; int64, shape (count,)."""
        return torch.randperm(count, generator=self.generator)

    def integer(self, low: int, high: int) -> int:
        """One integer from `low` to `high`, both included."""
        return int(self.integers(low, high))

    def number(self, low: float, high: float) -> float:
        """One Python float between `low` and `high`."""
        return float(self.uniform(low, high, dtype=torch.float64))

    def choice(self, options: Sequence[One]) -> One:
        """One of several things."""
        return options[self.integer(0, len(options) - 1)]
