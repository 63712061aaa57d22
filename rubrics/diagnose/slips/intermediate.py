"""A value, or a gradient, from half-way was given in place of the gradient asked for."""

from collections.abc import Iterator

from rubrics.diagnose import words
from rubrics.diagnose.replay import Replay
from rubrics.diagnose.slip import Slip

MOST_VALUES = 60


def intermediate(replay: Replay) -> Iterator[Slip]:
    """The input, each intermediate of its shape, and the gradient by each of those."""
    asked = f"the gradient by `{replay.name}`"
    yield Slip(
        "intermediate",
        f"`{replay.name}`",
        f"You gave `{replay.name}` itself, where {asked} is asked for.",
        1.0,
        replay.leaf.detach(),
    )
    alike = [one for one in replay.in_view() if one.tensor.shape == replay.leaf.shape]
    for one in alike[-MOST_VALUES:]:
        name = words.value(one.step)
        value = f"You gave the value of {name}, where {asked} is asked for."
        yield Slip("intermediate", name, value, 0.5, one.tensor.detach())
        halfway = f"You gave the gradient by {name}: the chain rule goes on from there to "
        halfway += f"`{replay.name}`."
        yield Slip("intermediate", name, halfway, 1.0, replay.by(one.tensor))
