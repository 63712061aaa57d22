"""The cosine between two vectors, by the library's one call."""

import torch
from torch import Tensor
from torch.nn import functional

from tests.golden.diagnosis.digits import decimals

TITLE = "Cosine similarity"
WRT = "u"
DIGITS = decimals(5)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    return {
        "u": torch.tensor([1.2, -0.7, 0.4, 2.1], dtype=dtype),
        "v": torch.tensor([0.3, 1.5, -0.9, 1.8], dtype=dtype),
    }


def reference(u: Tensor, v: Tensor) -> Tensor:
    return functional.cosine_similarity(u, v, dim=0)
