"""Two sigmoid layers and half the squared error."""

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import significant

TITLE = "Sigmoid network with squared error"
WRT = "w1"
DIGITS = significant(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    w1 = [[0.5, -0.9, 1.3], [1.1, 0.7, -0.4]]
    w2 = [[0.8, -1.2], [1.5, 0.6], [-0.7, 0.9]]
    return {
        "x": torch.tensor([[0.6, -1.4], [1.7, 0.3]], dtype=dtype),
        "w1": torch.tensor(w1, dtype=dtype),
        "w2": torch.tensor(w2, dtype=dtype),
        "t": torch.tensor([[1.0, 0.0], [0.25, 0.9]], dtype=dtype),
    }


def reference(x: Tensor, w1: Tensor, w2: Tensor, t: Tensor) -> Tensor:
    h = torch.sigmoid(x @ w1)
    o = torch.sigmoid(h @ w2)
    return 0.5 * ((o - t) ** 2).sum()
