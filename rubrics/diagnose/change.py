"""What can go wrong at one spot of a graph, and the sentence that says so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch

from rubrics.diagnose import words
from rubrics.diagnose.replay import Change, changed
from rubrics.diagnose.spots import Spot


@dataclass(frozen=True)
class Mistake:
    """A change to what flows along an edge; `text` and `where` tell a student of it."""

    kind: str
    change: Change
    text: Callable[[Spot], str]
    where: Callable[[Spot], str]


@contextmanager
def making(*made: tuple[Mistake, Spot]) -> Iterator[None]:
    """While inside, all these mistakes are made at their spots."""
    if not made:
        yield
        return
    (mistake, spot), *others = made
    with changed(spot.edges, mistake.change), making(*others):
        yield


def _cut(flows: torch.Tensor, _came: torch.Tensor | None) -> torch.Tensor:
    return torch.zeros_like(flows)


def _pass_on(flows: torch.Tensor, came: torch.Tensor | None) -> torch.Tensor | None:
    """What came in, unchanged; one number, as from a sum, passes on to each entry."""
    if came is None or (came.shape != flows.shape and came.numel() != 1):
        return None
    return came.expand(flows.shape).clone() if came.dim() <= flows.dim() else None


def _dropped(spot: Spot) -> str:
    treated = words.cut(spot.edge) + spot.every
    return f"You treated {treated}: the path through it was dropped."


def _left_out(spot: Spot) -> str:
    edge = spot.edge
    by = f" with respect to {words.operand(edge)}" if edge.inputs > 1 else ""
    what = spot.operation + by + spot.every
    return f"You left out the derivative of {what}: it was taken as 1."


CUT = Mistake("dropped_path", _cut, _dropped, lambda spot: words.path(spot.edge))
"""A value that depends on the input was treated as a constant: nothing flows along its edge."""

PASS_ON = Mistake("missing_local_derivative", _pass_on, _left_out, lambda spot: spot.operation)
"""A factor of the chain rule was left out: what comes in passes on, where shapes allow it."""
