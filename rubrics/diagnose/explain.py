"""Look a wrong answer up: which slips give these very numbers, and is that more than chance?"""

from collections.abc import Iterator
from dataclasses import dataclass

import torch

from rubrics.diagnose.digits import digits
from rubrics.diagnose.evidence import chance, enough
from rubrics.diagnose.order import order
from rubrics.diagnose.seen import Seen
from rubrics.diagnose.table import Table
from rubrics.grade import Diagnosis

MOST = 3

WHOLE = 0.8
PARTS = 0.2
"""A slip is made throughout more often than in some components only."""


@dataclass(frozen=True)
class _Match:
    likelihood: float
    diagnosis: Diagnosis


def explain(table: Table, seen: Seen) -> tuple[Diagnosis, ...]:
    """At most three explanations, the likeliest first; none for a right answer, none by chance."""
    if bool(seen.right.all()) or not bool(seen.values.isfinite().all()):
        return ()
    near = (table.gradients - seen.values).abs() <= _reach(table.gradients, seen)
    found = list(_whole(table, seen, near))
    if not found:
        found = [*_parts(table, seen, near), *_others(table, seen)]
    found.sort(key=lambda match: -match.likelihood)
    return tuple(match.diagnosis for match in found[:MOST])


def _reach(values: torch.Tensor, seen: Seen) -> torch.Tensor:
    return seen.half_units + seen.rtol * values.abs()


def _whole(table: Table, seen: Seen, near: torch.Tensor) -> Iterator[_Match]:
    every = torch.ones_like(seen.right)
    for at in near.all(dim=1).nonzero().flatten().tolist():
        weight = WHOLE * table.slips[at].weight
        if enough(_chance(table, seen, at, every), weight):
            yield _Match(weight, _diagnosis(table, at))


def _parts(table: Table, seen: Seen, near: torch.Tensor) -> Iterator[_Match]:
    """Where some components are right, a slip may have been made in the others only."""
    wrong = ~seen.right
    if bool(wrong.all()) or not bool(wrong.any()):
        return
    matches = near[:, wrong].all(dim=1) & ~near.all(dim=1)
    for at in matches.nonzero().flatten().tolist():
        weight = PARTS * table.slips[at].weight
        if enough(_chance(table, seen, at, wrong), weight):
            yield _Match(weight, _diagnosis(table, at, seen.places(wrong)))


def _others(table: Table, seen: Seen) -> Iterator[_Match]:
    """What no table can hold: any order of the numbers, any number of digits."""
    sampled = table.size > table.true.numel()
    for weight, found in (digits(table.true, seen), order(table.true, seen)):
        if found is not None and not sampled:
            yield _Match(weight, found)


def _chance(table: Table, seen: Seen, at: int, where: torch.Tensor) -> float:
    row = table.gradients[at]
    columns = (row, table.true, _reach(row, seen))
    return chance(zip(*(column[where].tolist() for column in columns), strict=True))


def _diagnosis(table: Table, at: int, places: str = "") -> Diagnosis:
    slip = table.slips[at]
    text = f"In {places}: {slip.text[0].lower()}{slip.text[1:]}" if places else slip.text
    return Diagnosis(kind=slip.kind, where=slip.where, text=text)
