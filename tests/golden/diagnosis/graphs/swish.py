"""An activation written as a Function with its own backward."""

from typing import Any

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import decimals

TITLE = "An activation of one's own, x·sigmoid(x)"
WRT = "x"
DIGITS = decimals(4)


class Swish(torch.autograd.Function):
    """z·sigmoid(z)."""

    @staticmethod
    def forward(ctx: Any, z: Tensor) -> Tensor:
        ctx.save_for_backward(z)
        return z * torch.sigmoid(z)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> Tensor:
        z: Tensor = ctx.saved_tensors[0]
        s = torch.sigmoid(z)
        return grad * (s + z * s * (1 - s))


def swish(z: Tensor) -> Tensor:
    out: Tensor = Swish.apply(z)  # type: ignore[no-untyped-call]
    return out


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    return {
        "x": torch.tensor([0.9, -1.4, 0.35, 2.2, -0.6], dtype=dtype),
        "a": torch.tensor([1.3, 0.8, -2.1, 0.55, 1.7], dtype=dtype),
        "c": torch.tensor([0.75, 1.6, 1.15, -0.95, 2.3], dtype=dtype),
    }


def reference(x: Tensor, a: Tensor, c: Tensor) -> Tensor:
    out = swish(a * x)
    return (c * out).sum()
