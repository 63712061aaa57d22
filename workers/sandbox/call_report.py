"""Parse what a child shipped of its calls, strictly: every string in it is hostile.

Frames are numbered by their order: the calls of the job, each a record and its tensors, and then
the report. Only whole pairs count, so what came before a hang or a crash stands.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rubrics.job import Call, CallResult, Limits, TensorValue
from rubrics.outcome import Outcome
from workers import frames
from workers.sandbox import excess
from workers.sandbox.report import REASONS, clean, complex_of, error_of, need

Parts = list[tuple[str, bytes]]
FIELDS = {"call", "values", "error", "missing", "printed"}
SPECIAL = ("nan", "inf", "-inf")
PRINTED = 8000
ITEMS, ITEMS_OF_A_RUN = 60_000, 600_000
"""Of one call and of all together, three times what the harness ships: the worker walks through
each in Python, and so does the judge."""
MARKS = 8 * ITEMS + 100_000
"""A record with more brackets and commas has too many items, or was not written by the harness."""
LATE = "It took longer than this call may take. Look for a loop that does not end."
READY = b'{"ready":true}'
_HEAD = b'{"call":'


def split(parts: Parts) -> tuple[Parts, Parts]:
    """The frames of calls, and the others: word of the start and the report."""
    first = end = 2 if calling(parts) else 1
    while end + 1 < len(parts) and parts[end][0] == "J" and parts[end][1].startswith(_HEAD):
        end += 2
    cut = end < len(parts) and parts[end][1].startswith(_HEAD)
    return parts[first:end], parts[:1] + ([] if cut else parts[end:])


def calling(parts: Parts) -> bool:
    """Whether the file itself had run, and calls were begun."""
    return len(parts) > 1 and parts[1] == ("J", READY)


def parse(
    parts: Parts, calls: Sequence[Call], limits: Limits | None = None
) -> dict[str, CallResult]:
    """Results by the calls' names, as many as came; a call that met a limit ended by it.

    Raises BadReport or FrameError.
    """
    need(len(parts) <= 2 * len(calls), "more calls than were asked for")
    pairs = zip(parts[::2], parts[1::2], strict=True)
    found, left = dict[str, CallResult](), ITEMS_OF_A_RUN
    for call, (told, tensors) in zip(calls, pairs, strict=False):
        room = _Room(min(ITEMS, left))
        found[call.name] = _result(call, told, tensors, room, limits or Limits())
        left -= min(ITEMS, left) - room.items
    return found


def _result(
    call: Call, told: tuple[str, bytes], packed: tuple[str, bytes], room: "_Room", limits: Limits
) -> CallResult:
    need(told[0] == "J" and packed[0] == "T", "frames of a call")
    need(sum(map(told[1].count, (b"[", b"{", b","))) <= MARKS, "too many items")
    record, tensors = frames.parse_json(told[1], depth=40), frames.parse_tensors(packed[1])
    need(isinstance(record, dict) and set(record) == FIELDS, "fields of a call")
    need(record["call"] == call.name, "order of the calls")
    need(list(tensors) == [str(at) for at in range(len(tensors))], "names of tensors")
    need(isinstance(record["values"], dict) and set(record["values"]) <= set(call.ship), "values")
    need(all(type(record[name]) is str for name in ("missing", "printed")), "text")
    room.tensors.update(range(len(tensors)))
    for tree in record["values"].values():
        _tree(tree, room)
    found: dict[str, Any] = {
        "values": {name: json.dumps(tree) for name, tree in record["values"].items()},
        "tensors": tuple(TensorValue(dtype=d, shape=s, data=b) for d, s, b in tensors.values()),
        "output": clean(record["printed"], PRINTED),
        "cut": len(record["printed"]) >= PRINTED,
        "missing": clean(record["missing"], 100),
    }
    return CallResult(**found, **_error(record["error"], limits))


def _error(record: Any, limits: Limits) -> dict[str, Any]:
    if record is None:
        return {}
    need(isinstance(record, dict) and type(record.get("late")) is bool, "late")
    kinds = record.get("kinds")
    need(isinstance(kinds, list) and len(kinds) <= 16, "kinds")
    need(all(type(one) is str for one in kinds), "kinds")
    rest = {name: one for name, one in record.items() if name not in ("late", "kinds")}
    if record["late"]:
        return {"ended": Outcome.TIMED_OUT, "explanation": LATE}
    error, told = error_of(rest)
    found = {"error": error, "kinds": tuple(clean(one, 100) for one in kinds)}
    limit = excess.of_error(error, told["errno"], limits)
    return found if limit is None else {**found, "ended": limit[0], "explanation": limit[1]}


@dataclass
class _Room:
    """What is left for the trees of one call: items, and tensors that were not named yet.

    A tensor stands in one place: each is copied where it stands, and a short text could name a
    large one a hundred thousand times.
    """

    items: int
    tensors: set[int] = field(default_factory=set)


def _tree(tree: Any, room: _Room) -> None:
    """Refuse what the harness never writes. Depth is bounded by the JSON parser already.

    Strings are left as they are but for what is said of a missing value: they are compared.
    """
    room.items -= 1
    need(room.items >= 0, "too many items")
    if isinstance(tree, list):
        for one in tree:
            _tree(one, room)
    elif isinstance(tree, dict):
        need(len(tree) == 1, "a tree's node")
        ((kind, content),) = tree.items()
        _node(kind, content, room)


def _node(kind: str, content: Any, room: _Room) -> None:
    if kind in ("tensor", "array"):
        need(type(content) is int and content in room.tensors, "a tensor nobody sent, or twice")
        room.tensors.remove(content)
    elif kind == "special":
        need(content in SPECIAL, kind)
    elif kind == "complex":
        complex_of(content, kind)
    elif kind == "dtype":
        need(type(content) is str and len(content) < 40 and content.isidentifier(), kind)
    elif kind == "missing":
        need(isinstance(content, list) and len(content) == 2, kind)
        need(content[0] in REASONS and type(content[1]) is str, kind)
        content[1] = clean(content[1], 300)  # a page quotes it
    elif kind == "tuple":
        need(isinstance(content, list), kind)
        _tree(content, room)
    else:
        need(kind == "dict" and isinstance(content, list), "a tree's node")
        for pair in content:
            need(isinstance(pair, list) and len(pair) == 2, "a pair")
            _tree(pair, room)
