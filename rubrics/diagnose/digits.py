"""The right numbers with fewer digits than asked for, or with digits cut off."""

import torch

from rubrics.diagnose.evidence import chance, enough
from rubrics.diagnose.seen import Seen
from rubrics.grade import Diagnosis

WEIGHT = 0.2


def digits(true: torch.Tensor, seen: Seen) -> tuple[float, Diagnosis | None]:
    """Compare the wrong components with the right ones to the digits that the student gave."""
    wrong = ~seen.right
    given, right = seen.values[wrong], true[wrong]
    unit = 2 * seen.half_units[wrong]
    if not seen.typed or bool((unit == 0).any()):
        return WEIGHT, None
    slack = seen.rtol * right.abs()
    rounded = (given - right).abs() <= unit / 2 + slack
    cut_off = (right.abs() - given.abs() <= unit + slack) & (given * right >= 0)
    cut_off &= given.abs() <= right.abs() + slack
    columns = (given, torch.zeros_like(right), unit)
    share = chance(zip(*(column.tolist() for column in columns), strict=True))
    if not enough(share, WEIGHT):
        return WEIGHT, None
    where = seen.places(wrong)
    if bool(rounded.all()):
        text = f"Right as far as it goes in {where}, but with fewer digits than asked for."
        return WEIGHT, Diagnosis(kind="rounded", where=where, text=text)
    if bool(cut_off.all()):
        text = f"Digits were cut off instead of rounded in {where}."
        return WEIGHT, Diagnosis(kind="rounded", where=where, text=text)
    return WEIGHT, None
