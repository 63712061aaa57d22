"""One thing that a student may have done wrong, and the gradient that it gives."""

from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Slip:
    """`gradient` (float64, the shape of the input) is what this slip gives instead.

    `weight` says how often it happens, against the other slips; `kind` is stable for counting.
    """

    kind: str
    where: str
    text: str
    weight: float
    gradient: torch.Tensor
