"""Cross-entropy with soft targets, log-softmax written out."""

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import decimals

TITLE = "Log-softmax by hand"
WRT = "z"
DIGITS = decimals(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    z = [[0.4, -0.9, 1.3, 0.1], [-0.2, 0.8, 0.5, -1.4]]
    t = [[0.1, 0.2, 0.6, 0.1], [0.25, 0.45, 0.05, 0.25]]
    return {"z": torch.tensor(z, dtype=dtype), "t": torch.tensor(t, dtype=dtype)}


def reference(z: Tensor, t: Tensor) -> Tensor:
    total = z.exp().sum(dim=1, keepdim=True)
    log_p = z - total.log()
    loss = -(t * log_p).sum(dim=1)
    return loss.mean()
