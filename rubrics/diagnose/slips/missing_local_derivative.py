"""One factor of the chain rule was left out: a local derivative is replaced by 1."""

from collections.abc import Iterator

import torch

from rubrics.diagnose import words
from rubrics.diagnose.replay import Edge, Replay, changed
from rubrics.diagnose.slip import Slip
from rubrics.diagnose.spots import spots


def missing_local_derivative(replay: Replay) -> Iterator[Slip]:
    """Let what comes into each operation pass on unchanged, where shapes allow it."""
    for spot in spots(replay):
        with changed(spot.edges, _pass_on):
            gradient = replay.gradient()
        text = f"You left out the derivative of {_of(spot.edge)}{spot.every}: it was taken as 1."
        where = words.operation(spot.edge)
        yield Slip("missing_local_derivative", where, text, spot.weight, gradient)


def _pass_on(flows: torch.Tensor, came: torch.Tensor | None) -> torch.Tensor | None:
    if came is None or came.shape != flows.shape:
        return None
    return came.clone()


def _of(edge: Edge) -> str:
    by = f" with respect to {words.operand(edge)}" if edge.inputs > 1 else ""
    return words.operation(edge) + by
