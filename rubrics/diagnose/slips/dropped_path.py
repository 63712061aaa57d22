"""A value that depends on the input was treated as a constant."""

from collections.abc import Iterator

from rubrics.diagnose.change import CUT, making
from rubrics.diagnose.replay import Replay
from rubrics.diagnose.slip import Slip
from rubrics.diagnose.spots import spots


def dropped_path(replay: Replay) -> Iterator[Slip]:
    """Cut each edge in turn."""
    for spot in spots(replay):
        with making((CUT, spot)):
            gradient = replay.gradient()
        yield Slip(CUT.kind, CUT.where(spot), CUT.text(spot), spot.weight, gradient)
