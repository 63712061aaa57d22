"""Self-attention written out: the input feeds queries, keys and values."""

import math

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import decimals

TITLE = "Self-attention by hand"
WRT = "x"
DIGITS = decimals(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    x = [[0.7, -0.4, 1.1], [-0.9, 1.3, 0.2], [0.5, 0.8, -0.6]]
    wq = [[0.6, -0.3, 0.9], [0.2, 1.1, -0.5], [-0.8, 0.4, 0.7]]
    wk = [[1.0, 0.5, -0.2], [-0.6, 0.3, 0.8], [0.1, -0.9, 0.4]]
    g = [[1.2, -0.8, 0.5], [0.4, 1.5, -1.1], [-0.7, 0.9, 1.3]]
    return {
        "x": torch.tensor(x, dtype=dtype),
        "wq": torch.tensor(wq, dtype=dtype),
        "wk": torch.tensor(wk, dtype=dtype),
        "g": torch.tensor(g, dtype=dtype),
    }


def reference(x: Tensor, wq: Tensor, wk: Tensor, g: Tensor) -> Tensor:
    q = x @ wq
    k = x @ wk
    scores = q @ k.T / math.sqrt(3)
    e = scores.exp()
    p = e / e.sum(dim=1, keepdim=True)
    out = p @ x
    return (g * out).sum()
