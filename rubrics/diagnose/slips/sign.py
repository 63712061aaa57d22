"""Everything right but the sign."""

from collections.abc import Iterator

from rubrics.diagnose.replay import Replay
from rubrics.diagnose.slip import Slip


def sign(replay: Replay) -> Iterator[Slip]:
    """The negative of the gradient."""
    text = "The sign is flipped: the numbers are right but for their sign."
    yield Slip("sign", "the whole gradient", text, 1.0, -replay.gradient())
