"""Random points in the domains of the symbols, drawn anew for each submission."""

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction

from rubrics.answers.expression.spec import Symbol

Point = dict[str, Fraction]

_GRAIN = 1 << 62
"""Points are fractions with 62 random bits: nobody writes a formula that fits them by luck."""

_LEAST = Fraction(1, 20)


def points(symbols: Sequence[Symbol], seed: int) -> Iterator[Point]:
    """Points without end. Nobody can know them beforehand: the seed is the submission's own."""
    draw = random.Random(seed)  # noqa: S311 - the seed is secret, the stream needs to be stable
    at = 0
    while True:
        yield {symbol.name: _coordinate(symbol, draw, at) for symbol in symbols}
        at += 1


def _coordinate(symbol: Symbol, draw: random.Random, at: int) -> Fraction:
    low, high = (Fraction(bound) for bound in symbol.range)
    if symbol.domain == "integer":
        return Fraction(draw.randint(-(-low.numerator // low.denominator), int(high // 1)))
    if low < 0 < high and symbol.domain != "unit":
        # Both signs in every four points: x and |x| must not look alike by chance.
        low, high = (low, Fraction(0)) if _negative(draw, at) else (Fraction(0), high)
    value = low + (high - low) * Fraction(draw.randrange(1, _GRAIN), _GRAIN)
    if symbol.domain == "nonzero" and abs(value) < _LEAST:
        return value + (_LEAST if value > 0 else -_LEAST)
    return value


def _negative(draw: random.Random, at: int) -> bool:
    return bool(draw.getrandbits(1)) if at % 4 < 2 else at % 4 == 2
