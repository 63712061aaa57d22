"""Batch normalisation in training mode, then tanh."""

import torch
from torch import Tensor
from torch.nn import functional

from tests.golden.diagnosis.digits import decimals

TITLE = "Batch normalisation in training mode"
WRT = "x"
DIGITS = decimals(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    x = [[0.5, -1.3, 2.1], [1.4, 0.2, -0.6], [-0.8, 0.9, 0.7], [0.1, 1.6, 1.2]]
    g = [[1.1, -0.4, 0.6], [0.3, 1.5, -0.9], [-1.2, 0.8, 0.5], [0.7, 0.2, -1.4]]
    return {
        "x": torch.tensor(x, dtype=dtype),
        "weight": torch.tensor([0.8, 1.4, 0.6], dtype=dtype),
        "bias": torch.tensor([0.2, -0.1, 0.4], dtype=dtype),
        "g": torch.tensor(g, dtype=dtype),
    }


def reference(x: Tensor, weight: Tensor, bias: Tensor, g: Tensor) -> Tensor:
    y = functional.batch_norm(x, None, None, weight, bias, training=True)
    out = y.tanh()
    return (g * out).sum()
