"""A weighed log-sum-exp of scaled scores."""

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import decimals

TITLE = "Log-sum-exp"
WRT = "x"
DIGITS = decimals(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    x = [[0.35, -0.6, 0.9, 0.15], [-0.45, 0.7, 0.25, 0.5]]
    return {
        "x": torch.tensor(x, dtype=dtype),
        "c": torch.tensor([1.4, 0.75], dtype=dtype),
    }


def reference(x: Tensor, c: Tensor) -> Tensor:
    s = torch.logsumexp(3 * x, dim=1)
    return (c * s).sum()
