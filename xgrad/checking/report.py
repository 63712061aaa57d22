"""What `xgrad check` prints, for people and for programs."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from rubrics.loader import Fault
from xgrad.checking.found import Found


def lines(found: Found, said: str) -> Iterator[str]:
    """What was measured, then every fault and warning; `said` only if there is no fault."""
    if found.rooms:
        yield "How far off right answers are, and the nearest wrong one (1 is the tolerance):"
    for room in found.rooms:
        yield f"  {room.note()}"
    if not found.faults:
        yield said
    yield from found.lines()


def as_json(name: str, found: Found, took_s: float) -> str:
    """The same as one JSON object."""
    told = {
        "assignment": name,
        "ok": not found.faults,
        "seconds": round(took_s, 1),
        "faults": _told(found.faults),
        "warnings": _told(found.warnings),
        "tolerances": [room.told() for room in found.rooms],
    }
    return json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False)


def _told(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """Each once, in order."""
    return [
        {"file": one.file, "line": one.line, "message": one.message}
        for one in dict.fromkeys(faults)
    ]
