"""JSON from outside: no duplicate keys, no NaN, no depth or number that hurts."""

import json
from typing import Any, NoReturn

from grader.domain.errors import Fault, Invalid


def loads(text: str | bytes, field: str = "body") -> Any:
    """The value. Raises `Invalid` naming `field` for anything that is not strict JSON."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        fault = Fault(field, f"This is not JSON we can read: {reason}.", "Send one JSON object.")
        raise Invalid("The request could not be read.", fault) from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key appears twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")
