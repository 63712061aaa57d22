"""Tables made once for all tests, and answers as a student would type them."""

import functools

import torch

from rubrics.diagnose import Seen, Table, build
from rubrics.reference import Gradient
from tests.unit.rubrics.diagnose.graphs import GRAPHS


@functools.cache
def table(name: str) -> Table:
    return build(GRAPHS[name][0])


def rounded(values: torch.Tensor, decimals: int) -> torch.Tensor:
    return (values.double().flatten() * 10**decimals).round() / 10**decimals


def seen(of: Table, values: torch.Tensor, decimals: int = 4) -> Seen:
    """Typed with so many decimals, and judged as a typed answer would be."""
    given = rounded(values, decimals)
    room = 0.5 * 10**-decimals * (1 + 1e-9) + 1.3e-6 * of.true.abs()
    half_units = torch.full_like(given, 0.5 * 10**-decimals)
    right = (given - of.true).abs() <= room
    return Seen(given, right, half_units, of.kept, rtol=3e-6, typed=True)


def right(gradient: Gradient) -> torch.Tensor:
    return gradient.evaluate(torch.float64)
