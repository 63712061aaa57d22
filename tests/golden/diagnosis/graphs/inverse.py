"""The solution of a linear system by the inverse matrix."""

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import significant

TITLE = "Matrix inverse"
WRT = "a"
DIGITS = significant(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    a = [[2.0, 0.3, -0.5], [0.7, 1.6, 0.4], [-0.2, 0.9, 2.4]]
    return {
        "a": torch.tensor(a, dtype=dtype),
        "b": torch.tensor([1.1, -0.6, 0.8], dtype=dtype),
        "c": torch.tensor([0.5, 1.3, -0.9], dtype=dtype),
    }


def reference(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    inverse: Tensor = torch.linalg.inv(a)
    x = inverse @ b
    return c @ x
