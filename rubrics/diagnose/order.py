"""The right numbers in another order."""

import torch

from rubrics.diagnose.evidence import chance, enough
from rubrics.diagnose.seen import Seen
from rubrics.grade import Diagnosis

WEIGHT = 0.02


def order(true: torch.Tensor, seen: Seen) -> tuple[float, Diagnosis | None]:
    """Compare sorted values: any permutation is found at the cost of a sort."""
    if not seen.typed or true.numel() < 2 or true.numel() != seen.values.numel():
        return WEIGHT, None
    given, ranks = seen.values.sort()
    right, _ = true.sort()
    reach = seen.half_units[ranks] + seen.rtol * right.abs()
    if not bool(((given - right).abs() <= reach).all()):
        return WEIGHT, None
    moved = ~seen.right
    columns = (seen.values, true, seen.half_units)
    share = chance(zip(*(column[moved].tolist() for column in columns), strict=True))
    if not enough(share, WEIGHT):
        return WEIGHT, None
    text = f"The numbers are right, but in another order: look at {seen.places(moved)}."
    return WEIGHT, Diagnosis(kind="permutation", where=seen.places(moved), text=text)
