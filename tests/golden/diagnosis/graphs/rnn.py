"""A plain recurrent network unrolled over three steps."""

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import decimals

TITLE = "Recurrent network, three steps"
WRT = "w_h"
DIGITS = decimals(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    w_in = [[0.9, -0.5, 0.7], [0.4, 1.2, -0.6]]
    w_h = [[0.5, -0.8, 0.3], [0.6, 0.4, -0.7], [-0.2, 0.9, 0.8]]
    return {
        "u": torch.tensor([[1.0, -0.5], [0.3, 0.8], [-0.7, 0.4]], dtype=dtype),
        "h0": torch.tensor([0.5, -0.6, 0.8], dtype=dtype),
        "w_in": torch.tensor(w_in, dtype=dtype),
        "w_h": torch.tensor(w_h, dtype=dtype),
        "bias": torch.tensor([0.1, -0.2, 0.3], dtype=dtype),
        "target": torch.tensor([1.0, -1.5, 2.0], dtype=dtype),
    }


def reference(
    *, u: Tensor, h0: Tensor, w_in: Tensor, w_h: Tensor, bias: Tensor, target: Tensor
) -> Tensor:
    h1 = torch.tanh(u[0] @ w_in + h0 @ w_h + bias)
    h2 = torch.tanh(u[1] @ w_in + h1 @ w_h + bias)
    h3 = torch.tanh(u[2] @ w_in + h2 @ w_h + bias)
    return 0.5 * ((h3 - target) ** 2).sum()
