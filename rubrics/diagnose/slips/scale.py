"""Everything right but a constant factor: a lost 2, or a sum where a mean was asked for."""

from collections.abc import Iterator

from rubrics.diagnose.replay import Replay
from rubrics.diagnose.slip import Slip

MOST_SIZES = 6


def scale(replay: Replay) -> Iterator[Slip]:
    """Twice, half, n times and one n-th of the gradient, n being a size found in the graph."""
    true = replay.gradient()
    twice = "is it a second `backward` added to the first, or a 2 too many?"
    yield Slip("scale", "2", f"Your gradient is twice too large: {twice}", 3.0, 2 * true)
    half = "is a factor 2 lost, such as the exponent of a square?"
    yield Slip("scale", "1/2", f"Your gradient is twice too small: {half}", 3.0, true / 2)
    for size in sizes(replay):
        much = f"Your gradient is {size} times too large: is a sum taken where the mean is asked?"
        yield Slip("scale", f"{size}", much, 1.0, size * true)
        little = f"Your gradient is {size} times too small: is it divided by {size} once too often?"
        yield Slip("scale", f"1/{size}", little, 1.0, true / size)


def sizes(replay: Replay) -> list[int]:
    """How many entries a mean may have run over: sizes of dimensions, and of whole values."""
    tensors = [replay.leaf, *(value.tensor for value in replay.values)]
    found = {size for tensor in tensors for size in (*tensor.shape, tensor.numel())}
    return sorted(found - {0, 1, 2})[:MOST_SIZES]
