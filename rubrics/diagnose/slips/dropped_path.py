"""A value that depends on the input was treated as a constant: nothing flows along its edge."""

from collections.abc import Iterator

import torch

from rubrics.diagnose import words
from rubrics.diagnose.replay import Edge, Replay, changed
from rubrics.diagnose.slip import Slip
from rubrics.diagnose.steps import Step

LABELLED = 3.0
"""A value that the author found worth a name is likelier to be the one that was overlooked."""


def dropped_path(replay: Replay) -> Iterator[Slip]:
    """Cut each edge in turn."""
    for edge in replay.edges():
        with changed(edge, lambda flows, _came: torch.zeros_like(flows)):
            gradient = replay.gradient()
        where = words.path(edge)
        text = f"You treated {words.cut(edge)}: the path through it was dropped."
        yield Slip("dropped_path", where, text, _weight(edge), gradient)


def _weight(edge: Edge) -> float:
    labelled = isinstance(edge.below, Step) and edge.below.label is not None
    return LABELLED if labelled else 1.0
