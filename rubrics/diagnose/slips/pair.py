"""Two slips at once: at two places, or at one place and in the whole.

The kind names both, such as `dropped_path+sign`, and `where` both places, parted by a semicolon.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import torch

from rubrics.diagnose.change import CUT, PASS_ON, Mistake, making
from rubrics.diagnose.replay import Replay
from rubrics.diagnose.slip import Slip
from rubrics.diagnose.slips.scale import sizes
from rubrics.diagnose.spots import Spot, spots

MOST_SPOTS = 24
MOST_COMPONENTS = 512
"""Pairs grow with the square, in time and in doubt: large graphs and gradients are spared them."""

Made = tuple[Mistake, Spot]


@dataclass(frozen=True)
class Whole:
    """A slip of the whole gradient, to be read after "and"."""

    kind: str
    change: Callable[[torch.Tensor], torch.Tensor]
    said: str


def pair(replay: Replay) -> Iterator[Slip]:
    """Every two mistakes at different spots; every mistake with a sign or factor on top."""
    found = spots(replay)
    if len(found) > MOST_SPOTS or replay.leaf.numel() > MOST_COMPONENTS:
        return
    made: list[Made] = [(mistake, spot) for spot in found for mistake in (CUT, PASS_ON)]
    for one, other in combinations(made, 2):
        if not set(one[1].edges) & set(other[1].edges):
            yield _both(replay, one, other)
    whole = list(_of_the_whole(replay))
    for one in made:
        yield from _with_whole(replay, one, whole)
    yield from _sign_and(replay, whole)


def _both(replay: Replay, one: Made, other: Made) -> Slip:
    with making(one, other):
        gradient = replay.gradient()
    kind = f"{one[0].kind}+{other[0].kind}"
    where = "; ".join(mistake.where(spot) for mistake, spot in (one, other))
    text = " ".join(mistake.text(spot) for mistake, spot in (one, other))
    return Slip(kind, where, f"Two slips: {text}", one[1].weight * other[1].weight, gradient)


def _with_whole(replay: Replay, made: Made, whole: list[Whole]) -> Iterator[Slip]:
    mistake, spot = made
    with making(made):
        gradient = replay.gradient()
    for one in whole:
        text = f"Two slips: {mistake.text(spot)} And {one.said}."
        where = f"{mistake.where(spot)}; the whole gradient"
        weight = 2 * spot.weight
        yield Slip(f"{mistake.kind}+{one.kind}", where, text, weight, one.change(gradient))


def _sign_and(replay: Replay, whole: list[Whole]) -> Iterator[Slip]:
    true = replay.gradient()
    for one in whole:
        if one.kind != "sign":
            text = f"Two slips: the sign is flipped, and {one.said}."
            yield Slip(f"sign+{one.kind}", "the whole gradient", text, 2.0, -one.change(true))


def _of_the_whole(replay: Replay) -> Iterator[Whole]:
    yield Whole("sign", torch.neg, "the sign is flipped")
    for size in (2, *sizes(replay)):
        yield Whole("scale", partial(torch.mul, other=size), f"it is {size} times too large")
        yield Whole("scale", partial(torch.div, other=size), f"it is {size} times too small")
    if replay.leaf.dim() == 2:
        yield Whole("transpose", _transposed, "rows and columns are exchanged")
    if replay.leaf.numel() > 1:
        yield Whole("permutation", _reversed, "the numbers are in reverse order")


def _transposed(gradient: torch.Tensor) -> torch.Tensor:
    return gradient.t().reshape(gradient.shape)


def _reversed(gradient: torch.Tensor) -> torch.Tensor:
    return gradient.flatten().flip(0).reshape(gradient.shape)
