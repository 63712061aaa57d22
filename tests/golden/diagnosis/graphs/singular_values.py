"""A weighed sum of the singular values."""

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import decimals

TITLE = "Singular values"
WRT = "a"
DIGITS = decimals(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    a = [[1.4, -0.6, 0.9], [0.3, 2.2, -0.7], [-1.1, 0.5, 0.8]]
    return {
        "a": torch.tensor(a, dtype=dtype),
        "w": torch.tensor([0.6, 1.7, 1.15], dtype=dtype),
    }


def reference(a: Tensor, w: Tensor) -> Tensor:
    s: Tensor = torch.linalg.svdvals(a)
    return (w * s).sum()
