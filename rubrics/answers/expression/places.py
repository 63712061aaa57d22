"""Where a slip is, said alike for all variants, so that one mistake of a class is counted as one.

Texts for students keep their numbers; this is only for `Diagnosis.where`, by which staff count.
"""

import re
from collections.abc import Iterator, Mapping

from rubrics.placeholders import Value

CLOSE = 1e-3
"""Factors that are no simple fraction are said to four digits."""

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d*)?(?:e[+-]?\d+)?")
_RATIO = re.compile(r"-?[\d.]+(?:e[+-]?\d+)?(?:/\d+)?")


def everywhere(place: str, values: Mapping[str, Value]) -> str:
    """A part of a formula with `#` for each number, whose drawn ones cannot be told from others.

    `3*x` and `(-2)*x` are both `#*x`. Where nothing is drawn the place stays as it is.
    """
    if not values:
        return place
    masked = _NUMBER.sub("#", place)
    masked = re.sub(r"\(-#\)|(?<![^(*/^])-#", "#", masked)
    return re.sub(r"[+-] #", "± #", masked)


def factor(place: str, values: Mapping[str, Value]) -> str:
    """A constant factor by the name of the drawn number that it is, or is one over."""
    if not _RATIO.fullmatch(place):
        return place
    top, _, bottom = place.partition("/")
    ratio = abs(float(top) / float(bottom or 1))
    for name, value in _scalars(values):
        for size, spelled in ((abs(value), name), (1 / abs(value), f"1/{name}")):
            if abs(ratio - size) <= CLOSE * size:
                return spelled
    return place


def _scalars(values: Mapping[str, Value]) -> Iterator[tuple[str, float]]:
    """Numbers by name, entries of vectors by their place; not 0 nor 1, which scale nothing."""
    for name, value in values.items():
        entries = _entries(name, value)
        yield from ((one, float(size)) for one, size in entries if abs(size) not in (0, 1))


def _entries(name: str, value: Value) -> Iterator[tuple[str, int | float]]:
    if isinstance(value, tuple):
        for at, one in enumerate(value):
            yield from _entries(f"{name}[{at}]", one)
    elif isinstance(value, int | float):
        yield name, value
