"""A one-dimensional convolution fitted to a target signal."""

import torch
from torch import Tensor
from torch.nn import functional

from tests.golden.diagnosis.digits import decimals

TITLE = "Convolution in one dimension, gradient for the signal"
WRT = "x"
DIGITS = decimals(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    return {
        "x": torch.tensor([0.4, 1.3, -0.7, 0.9, 2.1, -1.2, 0.6, 0.25], dtype=dtype),
        "kernel": torch.tensor([0.53, -1.1, 0.82], dtype=dtype),
        "target": torch.tensor([0.2, -0.4, 1.0, 0.7, -0.9, 1.6], dtype=dtype),
    }


def reference(x: Tensor, kernel: Tensor, target: Tensor) -> Tensor:
    y = functional.conv1d(x[None, None], kernel[None, None])[0, 0]
    error = y - target
    return 0.5 * (error**2).sum()
