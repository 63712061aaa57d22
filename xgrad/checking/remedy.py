"""A tolerance to put in the place of one that was refused."""

import math
from collections.abc import Sequence

from rubrics.findings import Scale

ROOM = 10.0
"""How much more than right answers need is advised, where no wrong answer is nearer."""

ROUNDING = 1.06
"""Two digits of a number are off by a twentieth at most."""


def tolerance_that_would_do(scales: Sequence[Scale]) -> str | None:
    """As it is written in YAML; None if right answers lie as far off as wrong ones."""
    return next((said for said in map(_multiple, scales) if said is not None), None)


def _multiple(scale: Scale) -> str | None:
    needs = scale.needs * ROUNDING
    keeps = math.inf if scale.keeps is None else scale.keeps / ROUNDING
    if needs >= keeps or needs >= 1e9:
        return None
    times = _between(needs, keeps)
    rtol, atol = scale.rtol * times, scale.atol * times
    return None if rtol >= 1 else f"{{rtol: {_written(rtol)}, atol: {_written(atol)}}}"


def _between(needs: float, keeps: float) -> float:
    """The middle by size, and no more than there is need for."""
    if needs == 0:
        return min(1.0, keeps / ROOM)
    return min(needs * ROOM, math.sqrt(needs * keeps))


def _written(number: float) -> str:
    """YAML reads `1e-06` as a word, and `1.0e-06` as a number."""
    return "0" if number == 0 else f"{number:.1e}"
