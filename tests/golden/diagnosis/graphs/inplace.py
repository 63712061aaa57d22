"""Updates in place on a clone: one product, one overwritten entry."""

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import decimals

TITLE = "Updates in place"
WRT = "x"
DIGITS = decimals(3)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    return {
        "x": torch.tensor([0.7, 1.6, -1.3, 2.4, 0.9], dtype=dtype),
        "w": torch.tensor([0.45, -1.25, 0.85, 1.55, 2.15], dtype=dtype),
    }


def reference(x: Tensor, w: Tensor) -> Tensor:
    y = x.clone()
    y[1:4] *= x[:3]
    top = y[3].clone()
    y[0] = top**2
    return (w * y).sum()
