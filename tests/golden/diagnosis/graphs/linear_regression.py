"""Least squares: the mean of the squared residuals."""

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import decimals

TITLE = "Linear regression, mean squared error"
WRT = "w"
DIGITS = decimals(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    features = [[1.2, -0.7, 0.33], [0.5, 1.9, -1.1], [-0.8, 0.6, 1.45], [2.1, 0.35, 0.9]]
    return {
        "features": torch.tensor(features, dtype=dtype),
        "w": torch.tensor([0.65, -0.4, 1.15], dtype=dtype),
        "t": torch.tensor([1.3, -0.25, 0.7, 3.1], dtype=dtype),
    }


def reference(features: Tensor, w: Tensor, t: Tensor) -> Tensor:
    o = features @ w
    r = o - t
    return (r**2).mean()
