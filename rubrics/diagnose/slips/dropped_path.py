"""A value that depends on the input was treated as a constant: nothing flows along its edge."""

from collections.abc import Iterator

import torch

from rubrics.diagnose import words
from rubrics.diagnose.replay import Replay, changed
from rubrics.diagnose.slip import Slip
from rubrics.diagnose.spots import spots


def dropped_path(replay: Replay) -> Iterator[Slip]:
    """Cut each edge in turn."""
    for spot in spots(replay):
        with changed(spot.edges, lambda flows, _came: torch.zeros_like(flows)):
            gradient = replay.gradient()
        treated = words.cut(spot.edge) + spot.every
        text = f"You treated {treated}: the path through it was dropped."
        yield Slip("dropped_path", words.path(spot.edge), text, spot.weight, gradient)
