"""A product that uses one variable twice."""

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import decimals

TITLE = "A product x·x·y"
WRT = "x"
DIGITS = decimals(3)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    return {
        "x": torch.tensor([1.35, -0.85, 2.15, 0.65], dtype=dtype),
        "y": torch.tensor([0.72, 1.94, -1.26, 3.05], dtype=dtype),
    }


def reference(x: Tensor, y: Tensor) -> Tensor:
    return (x * x * y).sum()
