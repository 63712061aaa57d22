"""Two slips at once: at two places, or at one place and in the whole.

The kind names both, such as `dropped_path+sign`, and `where` both places, parted by a semicolon.
"""

from collections.abc import Iterator
from itertools import combinations

from rubrics.diagnose.change import CUT, PASS_ON, Mistake, making
from rubrics.diagnose.replay import Replay
from rubrics.diagnose.slip import Slip
from rubrics.diagnose.slips.scale import sizes
from rubrics.diagnose.spots import Spot, spots

MOST_SPOTS = 24
MOST_COMPONENTS = 512
"""Pairs grow with the square, in time and in doubt: large graphs and gradients are spared them."""

Made = tuple[Mistake, Spot]


def pair(replay: Replay) -> Iterator[Slip]:
    """Every two mistakes at different spots; every mistake with a sign or factor on top."""
    found = spots(replay)
    if len(found) > MOST_SPOTS or replay.leaf.numel() > MOST_COMPONENTS:
        return
    made: list[Made] = [(mistake, spot) for spot in found for mistake in (CUT, PASS_ON)]
    for one, other in combinations(made, 2):
        if not set(one[1].edges) & set(other[1].edges):
            yield _both(replay, one, other)
    for one in made:
        yield from _scaled(replay, one)


def _both(replay: Replay, one: Made, other: Made) -> Slip:
    with making(one, other):
        gradient = replay.gradient()
    kind = f"{one[0].kind}+{other[0].kind}"
    where = "; ".join(mistake.where(spot.edge) for mistake, spot in (one, other))
    text = " ".join(mistake.text(spot) for mistake, spot in (one, other))
    return Slip(kind, where, f"Two slips: {text}", one[1].weight * other[1].weight, gradient)


def _scaled(replay: Replay, made: Made) -> Iterator[Slip]:
    mistake, spot = made
    with making(made):
        gradient = replay.gradient()
    for kind, factor, said in _factors(replay):
        text = f"Two slips: {mistake.text(spot)} And {said}."
        where = f"{mistake.where(spot.edge)}; the whole gradient"
        yield Slip(f"{mistake.kind}+{kind}", where, text, 2 * spot.weight, factor * gradient)


def _factors(replay: Replay) -> Iterator[tuple[str, float, str]]:
    yield "sign", -1, "the sign is flipped"
    for size in (2, *sizes(replay)):
        yield "scale", size, f"the whole is {size} times too large"
        yield "scale", 1 / size, f"the whole is {size} times too small"
