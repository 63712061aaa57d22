"""A quantiser whose backward is, by agreement, not the derivative of its forward."""

from typing import Any

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import decimals

TITLE = "A quantiser with a straight-through backward"
WRT = "x"
DIGITS = decimals(4)


class Quantise(torch.autograd.Function):
    """Rounds to quarters; passes the gradient on as if it had not."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        return torch.round(x * 4) / 4

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> Tensor:
        return grad


def quantise(x: Tensor) -> Tensor:
    out: Tensor = Quantise.apply(x)  # type: ignore[no-untyped-call]
    return out


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    return {
        "x": torch.tensor([0.61, -1.17, 2.04, 0.33, -0.42], dtype=dtype),
        "t": torch.tensor([1.1, -0.3, 0.85, -0.6, 1.45], dtype=dtype),
    }


def reference(x: Tensor, t: Tensor) -> Tensor:
    q = quantise(x)
    fit = ((q - t) ** 2).mean()
    penalty = 0.15 * (x**2).sum()
    return fit + penalty
