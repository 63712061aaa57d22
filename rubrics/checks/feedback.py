"""What a student is told about their numbers: enough to go on, without the numbers themselves."""

import math

import numpy as np
import torch

from rubrics.answers.produced import Produced, apart
from rubrics.check_specs import ValuesCheck
from rubrics.reference.load import Expected

MOST_SHOWN = 16


def feedback(spec: ValuesCheck, produced: Produced, expected: Expected, right: torch.Tensor) -> str:
    """How many components are right, which is worst and by how much."""
    count, total = int(right.sum()), right.numel()
    if count == total:
        return "Right." if total == 1 else f"All {total} components are right."
    parts = [_count(count, total), _worst(produced, expected, right)]
    if spec.reveal:
        parts.append(f"Expected: {_shown(expected.exact)}.")
    return " ".join(parts)


def _count(count: int, total: int) -> str:
    if total == 1:
        return "The number is not right."
    are = "is" if count == 1 else "are"
    return f"{count} of {total} components {are} right."


def _worst(produced: Produced, expected: Expected, right: torch.Tensor) -> str:
    given = produced.values
    bad = ~given.isfinite() & ~right
    if bool(bad.any()):
        at = int(bad.flatten().nonzero()[0])
        return f"{_place(at, right)} is {_word(given.flatten()[at])}, not a finite number."
    errors = torch.where(right, 0.0, apart(given, expected.exact) / produced.allowed)
    at = int(errors.nan_to_num(math.inf).argmax())
    error = float(apart(given, expected.exact).flatten()[at])
    # One digit of the error helps to find the slip; all its digits would give the answer away.
    off = "off by" if right.numel() == 1 else "furthest off, by"
    return f"{_place(at, right)} is {off} about {float(f'{error:.0e}'):g}."


def _place(at: int, right: torch.Tensor) -> str:
    if right.numel() == 1:
        return "It"
    index = [int(one) for one in np.unravel_index(at, tuple(right.shape))]
    if len(index) == 1:
        return f"Component {at + 1} (index {index})"
    return f"The component at index {index}"


def _word(value: torch.Tensor) -> str:
    return "nan" if bool(value.isnan()) else "infinite"


def _shown(values: torch.Tensor) -> str:
    flat = [f"{value:.6g}" for value in values.flatten()[:MOST_SHOWN].tolist()]
    return "[" + ", ".join(flat) + (", …" if values.numel() > MOST_SHOWN else "") + "]"
