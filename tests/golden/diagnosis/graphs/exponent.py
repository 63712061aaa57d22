"""The mean of powers, differentiated for the exponent: a scalar asked to three digits."""

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import significant

TITLE = "The exponent of a power mean"
WRT = "p"
DIGITS = significant(3)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    return {
        "x": torch.tensor([1.3, 0.7, 2.6, 1.9, 0.45], dtype=dtype),
        "p": torch.tensor(1.6, dtype=dtype),
    }


def reference(x: Tensor, p: Tensor) -> Tensor:
    return (x**p).mean()
