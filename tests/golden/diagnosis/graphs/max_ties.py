"""Distances from each row's maximum, one row with a tie."""

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import decimals

TITLE = "Maximum with ties"
WRT = "x"
DIGITS = decimals(3)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    x = [[1.5, 2.0, 2.0, -0.75], [0.3, -0.2, 1.1, 0.85]]
    c = [[0.65, 1.2, 0.9, 0.35], [1.45, 0.55, 0.8, 1.75]]
    return {"x": torch.tensor(x, dtype=dtype), "c": torch.tensor(c, dtype=dtype)}


def reference(x: Tensor, c: Tensor) -> Tensor:
    m = x.amax(dim=1, keepdim=True)
    gap = x - m
    return (c * gap**2).sum()
