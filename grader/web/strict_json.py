"""JSON from outside: no duplicate keys, no NaN, no depth or number that hurts."""

import json
from typing import Any, NoReturn

from grader.domain.errors import Fault, Invalid


def loads(text: str | bytes, field: str = "body") -> Any:
    """The value. Raises `Invalid` naming `field` for anything that is not strict JSON."""
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
        _storable(value)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        fault = Fault(field, f"This is not JSON we can read: {reason}.", "Send one JSON object.")
        raise Invalid("The request could not be read.", fault) from error
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key appears twice")
    return found


def _storable(value: Any) -> None:
    """No database keeps NUL, and no encoding half of a surrogate pair."""
    if isinstance(value, dict):
        for key, inner in value.items():
            _storable(key)
            _storable(inner)
    elif isinstance(value, list):
        for inner in value:
            _storable(inner)
    elif isinstance(value, str) and ("\x00" in value or not _encodes(value)):
        raise ValueError("a text holds NUL or half a surrogate pair")


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")
