"""Put drawn values into text: `{{n}}`, `{{x[0]}}`, `{{c:+}}` with its sign, `{{c:()}}` bracketed.

In mathematics (between dollars, outside of code) numbers and words become TeX.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Value = int | float | str | tuple[Any, ...]
"""A vector is a tuple, a matrix a tuple of tuples."""

_PLACE = re.compile(r"\{\{\s*([A-Za-z]\w*(?:\[\d+\])*)\s*(?::\s*(\+|\(\)))?\s*\}\}")
_SPAN = re.compile(
    r"(?P<code>(?P<fence>`{3,}|~{3,}).*?(?:(?P=fence)|\Z)|(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`))"
    r"|(?P<math>(?<!\\)\$\$.+?\$\$|(?<!\\)\$[^$]+?(?<!\\)\$)",
    re.DOTALL,
)
_SPECIAL = {character: f"\\{character}" for character in "_%#&${}"}
_SPECIAL |= {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


class PlaceholderFault(ValueError):
    """A placeholder names nothing that is drawn."""


def filled(text: str, values: Mapping[str, Value], formula: bool = False) -> str:
    """The text with every placeholder replaced; in a `formula` negative numbers are bracketed.

    Raises PlaceholderFault.
    """
    if not values or "{{" not in text:
        return text
    if formula:
        return _put(text, values, tex=False, bracketed=True)
    return "".join(_put(part, values, tex=tex) for part, tex in _parts(text))


def names(text: str) -> tuple[str, ...]:
    """What the placeholders of a text name, indices included."""
    return tuple(match[1] for match in _PLACE.finditer(text))


def looked_up(name: str, values: Mapping[str, Value]) -> Value:
    """The value of `n`, `x[0]` or `A[1][2]`. Raises PlaceholderFault."""
    first, *indices = re.findall(r"\w+", name)
    if first not in values:
        known = ", ".join(values) or "none is drawn"
        raise PlaceholderFault(f"there is no parameter `{first}` (known: {known})")
    found = values[first]
    for index in map(int, indices):
        if not isinstance(found, tuple) or index >= len(found):
            raise PlaceholderFault(f"`{name}`: `{first}` has no such entry")
        found = found[index]
    return found


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Pieces of the text, and whether each is mathematics."""
    at = 0
    for span in _SPAN.finditer(text):
        yield text[at : span.start()], False
        yield span[0], span["math"] is not None
        at = span.end()
    yield text[at:], False


def _put(text: str, values: Mapping[str, Value], tex: bool, bracketed: bool = False) -> str:
    def one(match: re.Match[str]) -> str:
        value = looked_up(match[1], values)
        written = _tex(value) if tex else _plain(value)
        negative = isinstance(value, int | float) and value < 0
        if match[2] == "+" and isinstance(value, int | float) and not negative:
            return f"+{written}"
        return f"({written})" if negative and (bracketed or match[2] == "()") else written

    return _PLACE.sub(one, text)


def _plain(value: Value) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_plain(one) for one in value) + "]"
    return str(value)


def _tex(value: Value) -> str:
    if isinstance(value, str):
        return r"\text{" + "".join(_SPECIAL.get(one, one) for one in value) + "}"
    if isinstance(value, float):
        digits, _, exponent = str(value).partition("e")
        return rf"{digits} \cdot 10^{{{int(exponent)}}}" if exponent else digits
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            rows = r" \\ ".join(" & ".join(_tex(one) for one in row) for row in value)
            return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"
        return r"\left(" + r",\ ".join(_tex(one) for one in value) + r"\right)"
    return str(value)
