"""A power whose base and exponent both hold the variable."""

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import decimals

TITLE = "Power with a variable exponent"
WRT = "x"
DIGITS = decimals(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    return {
        "x": torch.tensor([0.3, 0.0, 0.5, 0.8], dtype=dtype),
        "shift": torch.tensor([1.2, 1.7, 0.9, 1.1], dtype=dtype),
    }


def reference(x: Tensor, shift: Tensor) -> Tensor:
    a = x + shift
    b = a ** (2 * x)
    c = (b + 1) * 3
    return c.mean()
