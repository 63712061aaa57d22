"""A bias added to every row of a batch."""

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import decimals

TITLE = "A bias broadcast over a batch"
WRT = "b"
DIGITS = decimals(5)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    x = [[0.6, -1.1], [1.4, 0.3], [-0.5, 0.9]]
    w = [[0.7, -0.2, 1.1, 0.4], [0.5, 0.8, -0.6, -1.3]]
    c = [[1.2, -0.9, 0.4, 2.0], [0.3, 1.7, -1.1, 0.8], [-0.6, 0.5, 1.9, 1.5]]
    return {
        "x": torch.tensor(x, dtype=dtype),
        "w": torch.tensor(w, dtype=dtype),
        "b": torch.tensor([0.25, -0.4, 0.1, 0.65], dtype=dtype),
        "c": torch.tensor(c, dtype=dtype),
    }


def reference(x: Tensor, w: Tensor, b: Tensor, c: Tensor) -> Tensor:
    y = torch.tanh(x @ w + b)
    return (c * y).mean()
