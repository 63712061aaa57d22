"""The right numbers, rows and columns exchanged, or read backwards."""

from collections.abc import Iterator

from rubrics.diagnose.replay import Replay
from rubrics.diagnose.slip import Slip


def transpose(replay: Replay) -> Iterator[Slip]:
    """A matrix's transpose, in the shape that is asked for; any tensor's entries in reverse.

    Every other order is found by sorting, when an answer is looked up.
    """
    true = replay.gradient()
    if true.dim() == 2:
        text = "Rows and columns are exchanged: you gave the transpose."
        yield Slip("transpose", "the matrix", text, 3.0, true.t().reshape(true.shape))
    if true.numel() > 1:
        text = "The numbers are right, but in reverse order."
        yield Slip(
            "permutation", "the order", text, 1.0, true.flatten().flip(0).reshape(true.shape)
        )
