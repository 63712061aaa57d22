"""Scaled dot-product attention by the library's one call."""

import torch
from torch import Tensor
from torch.nn import functional

from tests.golden.diagnosis.digits import decimals

TITLE = "Attention, fused"
WRT = "key"
DIGITS = decimals(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    query = [[1.2, -0.7, 0.5], [-0.4, 1.9, 0.8], [0.6, 0.3, -1.5]]
    key = [[0.9, 0.1, -0.6], [-1.1, 0.7, 0.4], [0.2, -0.8, 1.3], [0.5, 1.0, -0.2]]
    value = [[1.5, -0.5], [0.3, 2.0], [-1.2, 0.8], [0.6, -1.7]]
    g = [[0.8, -1.1], [1.4, 0.5], [-0.9, 1.6]]
    return {
        "query": torch.tensor(query, dtype=dtype),
        "key": torch.tensor(key, dtype=dtype),
        "value": torch.tensor(value, dtype=dtype),
        "g": torch.tensor(g, dtype=dtype),
    }


def reference(query: Tensor, key: Tensor, value: Tensor, g: Tensor) -> Tensor:
    out = functional.scaled_dot_product_attention(query, key, value)
    return (g * out).sum()
