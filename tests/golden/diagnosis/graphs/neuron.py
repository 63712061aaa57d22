"""One sigmoid neuron with one weight: a scalar answer."""

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import significant

TITLE = "One sigmoid neuron"
WRT = "w"
DIGITS = significant(5)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    values = {"w": 0.8, "x": 1.7, "b": -0.35, "t": 0.2}
    return {name: torch.tensor(value, dtype=dtype) for name, value in values.items()}


def reference(w: Tensor, x: Tensor, b: Tensor, t: Tensor) -> Tensor:
    net = w * x + b
    o = torch.sigmoid(net)
    return 0.5 * (t - o) ** 2
