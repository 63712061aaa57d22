"""The power rule without its factor: x² differentiated to x."""

from collections.abc import Iterator
from typing import Any

import torch

from rubrics.diagnose import words
from rubrics.diagnose.replay import Change, Edge, Replay, changed
from rubrics.diagnose.slip import Slip


def power(replay: Replay) -> Iterator[Slip]:
    """Divide by the exponent what flows through each power with a constant exponent."""
    for edge in replay.edges():
        exponent = _exponent(edge)
        if exponent in (None, 0, 1):
            continue
        with changed([edge], _divided_by(exponent)):
            gradient = replay.gradient()
        where = words.operation(edge)
        text = f"You left out the factor {exponent:g} of the derivative of {where}."
        yield Slip("scale", where, text, 1.0, gradient)


def _divided_by(exponent: float) -> Change:
    def change(flows: torch.Tensor, _came: torch.Tensor | None) -> torch.Tensor:
        return flows / exponent

    return change


def _exponent(edge: Edge) -> Any:
    """The constant exponent that autograd has kept for this power, if it is one."""
    found = getattr(edge.function, "_saved_exponent", None)
    return found if isinstance(found, int | float) else None
