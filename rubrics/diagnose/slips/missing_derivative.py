"""One factor of the chain rule was left out: a local derivative is replaced by 1."""

from collections.abc import Iterator

import torch

from rubrics.diagnose import words
from rubrics.diagnose.replay import Edge, Replay, changed
from rubrics.diagnose.slip import Slip


def missing_derivative(replay: Replay) -> Iterator[Slip]:
    """Let what comes into each operation pass on unchanged, where shapes allow it."""
    for edge in replay.edges():
        with changed(edge, _pass_on):
            gradient = replay.gradient()
        yield Slip("missing_derivative", words.operation(edge), _text(edge), 1.0, gradient)


def _pass_on(flows: torch.Tensor, came: torch.Tensor | None) -> torch.Tensor | None:
    if came is None or came.shape != flows.shape:
        return None
    return came.clone()


def _text(edge: Edge) -> str:
    by = f" with respect to {words.value(edge.below)}" if edge.inputs > 1 else ""
    return f"You left out the derivative of {words.operation(edge)}{by}: it was taken as 1."
