"""One factor of the chain rule was left out: a local derivative is replaced by 1."""

from collections.abc import Iterator

from rubrics.diagnose.change import PASS_ON, making
from rubrics.diagnose.replay import Replay
from rubrics.diagnose.slip import Slip
from rubrics.diagnose.spots import spots


def missing_local_derivative(replay: Replay) -> Iterator[Slip]:
    """Let what comes into each operation pass on unchanged."""
    for spot in spots(replay):
        with making((PASS_ON, spot)):
            gradient = replay.gradient()
        where, text = PASS_ON.where(spot), PASS_ON.text(spot)
        yield Slip(PASS_ON.kind, where, text, spot.weight, gradient)
