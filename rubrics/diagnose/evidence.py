"""When is a match more than chance? No explanation is better than a false one.

A slip is named only if (the share of plausible wrong answers that would match it by chance)
stays under BOUND times its weight. Weights of all slips add up to about 1, so at most a share
BOUND of the answers that have another cause is named falsely, however many slips are tried.
"""

import math
from collections.abc import Iterable

BOUND = 0.01

_DECADES = math.log(1e4)


def enough(shares: float, weight: float) -> bool:
    """May a slip of this weight be named, if chance alone matches in this share of answers?"""
    return shares <= BOUND * weight


def chance(components: Iterable[tuple[float, float, float]]) -> float:
    """The share of plausible wrong answers that match by chance in all of these components.

    Each is (value of the slip, right value, tolerance of the match). Equal values are one piece of
    evidence, not several; where the slip gives the right value there is none.
    """
    seen: set[float] = set()
    share = 1.0
    for value, true, tolerance in components:
        size = abs(value)
        if abs(value - true) <= tolerance or any(abs(size - one) <= tolerance for one in seen):
            continue
        seen.add(size)
        share *= one_share(size, abs(true), tolerance)
        if share < 1e-12:
            break
    return share


def one_share(size: float, true: float, tolerance: float) -> float:
    """The share for one component.

    Wrong numbers lie about as far from zero as the right one, or anywhere over four decades;
    and they are often round: a zero, a one, a small integer says little.
    """
    if size <= tolerance:
        return 0.5
    density = max(1 / (2 * _DECADES * size), 1 / (4 * true) if true else 0.0)
    return min(1.0, max(2 * tolerance * density, _round_share(size, tolerance)))


def _round_share(size: float, tolerance: float) -> float:
    whole = round(size)
    if whole and abs(size - whole) <= tolerance:
        return 0.25 / whole
    return 0.0
