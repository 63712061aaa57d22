"""All slips of one reference and what each gives, made once; judging an answer is a look-up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

import torch

from rubrics.diagnose.record import eager, record
from rubrics.diagnose.replay import Replay
from rubrics.diagnose.slip import Slip
from rubrics.diagnose.slips import AS_IT_RUNS, FAMILIES, Families
from rubrics.reference.gradient import Gradient, default_dtype

MOST_COMPONENTS = 1024
"""Of a larger gradient an even sample is kept: far more evidence than is needed."""

_SAME = 1e-9


@dataclass(frozen=True)
class Table:
    """Slips that can be told apart from right and from each other.

    `gradients` is (slips, components kept), `true` (components kept), `kept` their flat indices
    in the whole, `size` its number of components; all float64. Weights add up to 1.
    """

    slips: tuple[Slip, ...]
    gradients: torch.Tensor
    true: torch.Tensor
    kept: torch.Tensor
    size: int


def build(gradient: Gradient, families: Families = FAMILIES) -> Table:
    """Record the reference, try every slip, and keep the telling ones."""
    with default_dtype(torch.float64):
        replay = record(gradient)
        true = replay.gradient().flatten()
        kept = sample(true.numel())
        whole = _tried(eager(gradient), AS_IT_RUNS, kept)
        slips = _merged(_telling(chain(_tried(replay, families, kept), whole), true[kept]))
    total = sum(slip.weight for slip in slips) or 1.0
    slips = [replace(slip, weight=slip.weight / total) for slip in slips]
    rows = [slip.gradient for slip in slips]
    matrix = torch.stack(rows) if rows else torch.empty(0, kept.numel(), dtype=torch.float64)
    return Table(tuple(slips), matrix, true[kept], kept, true.numel())


def sample(size: int) -> torch.Tensor:
    """Flat indices of the components that are looked at, of `size` in all."""
    if size <= MOST_COMPONENTS:
        return torch.arange(size)
    return torch.linspace(0, size - 1, MOST_COMPONENTS, dtype=torch.float64).round().long()


def _tried(replay: Replay, families: Families, kept: torch.Tensor) -> Iterator[Slip]:
    """Every family's slips, flattened; a family's share is split among its own."""
    for family, share in families:
        found = [replace(slip, gradient=slip.gradient.flatten()[kept]) for slip in family(replay)]
        total = sum(slip.weight for slip in found) or 1.0
        for slip in found:
            yield replace(slip, weight=share * slip.weight / total)


def _telling(slips: Iterator[Slip], true: torch.Tensor) -> Iterator[Slip]:
    """Without those that change nothing, leave nothing, or are not finite."""
    scale = float(true.abs().max())
    for slip in slips:
        gone = float(slip.gradient.abs().max()) <= _SAME * scale
        finite = bool(slip.gradient.isfinite().all())
        if finite and not gone and not _same(slip.gradient, true):
            yield slip


def _merged(slips: Iterator[Slip]) -> list[Slip]:
    """Slips that give the same numbers become one, with all their weight.

    The likeliest speaks, and of equals the first: the edge nearest to the result.
    """
    every = list(slips)
    if not every:
        return []
    rows = torch.stack([slip.gradient for slip in every])
    reach = _SAME * (rows.abs() + rows.abs().amax(dim=1, keepdim=True))
    groups: dict[int, list[Slip]] = {}
    for at, slip in enumerate(every):
        firsts = list(groups)
        alike = ((rows[firsts] - rows[at]).abs() <= reach[at]).all(dim=1).nonzero()
        first = firsts[int(alike[0])] if alike.numel() else at
        groups.setdefault(first, []).append(slip)
    return [_speaker(group) for group in groups.values()]


def _speaker(group: list[Slip]) -> Slip:
    # `4 times too large` says more than `the derivative of a division was left out`.
    plain = [slip for slip in group if slip.kind in ("sign", "scale")]
    speaker = max(plain or group, key=lambda slip: slip.weight)
    return replace(speaker, weight=sum(slip.weight for slip in group))


def _same(one: torch.Tensor, other: torch.Tensor) -> bool:
    scale = float(other.abs().max()) if other.numel() else 0.0
    return torch.allclose(one, other, rtol=_SAME, atol=_SAME * scale)
