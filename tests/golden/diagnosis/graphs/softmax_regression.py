"""Multinomial logistic regression with the library's cross-entropy."""

import torch
from torch import Tensor
from torch.nn import functional

from tests.golden.diagnosis.digits import decimals

TITLE = "Softmax regression with cross-entropy"
WRT = "weight"
DIGITS = decimals(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    features = [[0.5, -1.2, 0.3], [1.5, 0.4, -0.7], [-0.6, 0.9, 1.1], [0.2, -0.3, 0.8]]
    weight = [[0.2, -0.5, 0.1], [0.7, 0.3, -0.4], [-0.3, 0.6, 0.5]]
    return {
        "features": torch.tensor(features, dtype=dtype),
        "weight": torch.tensor(weight, dtype=dtype),
        "target": torch.tensor([0, 2, 1, 1]),
    }


def reference(features: Tensor, weight: Tensor, target: Tensor) -> Tensor:
    logits = features @ weight
    return functional.cross_entropy(logits, target)
