"""Simple conditions on what is drawn: `a < b`, `n != 2`, `x[0] >= x[1]`.

A vector is compared entry by entry, with a number or with a vector of the same length.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rubrics.placeholders import PlaceholderFault, Value, looked_up

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "!=": operator.ne,
    "==": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}

_CONSTRAINT = re.compile(r"\s*(?P<left>\S+)\s*(?P<sign><=|>=|!=|==|<|>)\s*(?P<right>\S+)\s*")
_OPERAND = re.compile(r"[A-Za-z]\w*(?:\[\d+\])*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class ConstraintFault(ValueError):
    """A constraint cannot be read, names no parameter, or cannot be met."""


def holds(constraint: str, values: Mapping[str, Value]) -> bool:
    """Whether the values meet it. Raises ConstraintFault if it cannot be read."""
    match = _CONSTRAINT.fullmatch(constraint)
    if match is None:
        raise ConstraintFault(f"`{constraint}` is not of the form `a < b`, `n != 2`")
    left, right = (_operand(match[side], constraint, values) for side in ("left", "right"))
    compare = COMPARISONS[match["sign"]]
    try:
        return all(compare(one, other) for one, other in _pairs(left, right, constraint))
    except TypeError:
        raise ConstraintFault(f"`{constraint}` compares a word with a number") from None


def _operand(text: str, constraint: str, values: Mapping[str, Value]) -> Value:
    if _NUMBER.fullmatch(text):
        return float(text)
    if not _OPERAND.fullmatch(text):
        raise ConstraintFault(f"`{constraint}`: `{text}` is neither a parameter nor a number")
    try:
        return looked_up(text, values)
    except PlaceholderFault as fault:
        raise ConstraintFault(f"`{constraint}`: {fault}") from None


def _pairs(left: Value, right: Value, constraint: str) -> Iterator[tuple[Any, Any]]:
    if isinstance(left, tuple) and isinstance(right, tuple):
        if len(left) != len(right):
            raise ConstraintFault(f"`{constraint}` compares vectors of different lengths")
        for one, other in zip(left, right, strict=True):
            yield from _pairs(one, other, constraint)
    elif isinstance(left, tuple):
        for one in left:
            yield from _pairs(one, right, constraint)
    elif isinstance(right, tuple):
        for other in right:
            yield from _pairs(left, other, constraint)
    else:
        yield left, right
