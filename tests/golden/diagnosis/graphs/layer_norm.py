"""Layer normalisation with a gain, weighed into a sum."""

import torch
from torch import Tensor
from torch.nn import functional

from tests.golden.diagnosis.digits import decimals

TITLE = "Layer normalisation"
WRT = "x"
DIGITS = decimals(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    x = [[0.6, -1.1, 2.0, 0.4], [1.7, 0.2, -0.5, 0.9]]
    w = [[0.5, -0.3, 0.8, 1.2], [-0.7, 0.9, 0.4, -1.5]]
    return {
        "x": torch.tensor(x, dtype=dtype),
        "gamma": torch.tensor([1.3, 0.7, 1.6, 0.9], dtype=dtype),
        "beta": torch.tensor([0.1, -0.2, 0.0, 0.3], dtype=dtype),
        "w": torch.tensor(w, dtype=dtype),
    }


def reference(x: Tensor, gamma: Tensor, beta: Tensor, w: Tensor) -> Tensor:
    y = functional.layer_norm(x, (4,), gamma, beta)
    return (w * y).sum()
