"""Parse a child's report strictly into values; every string in it is hostile."""

import json
import re
from dataclasses import dataclass
from typing import Any

from rubrics.job import Missing, PlainValue, RunError, TensorValue, Value
from workers import frames

TEXT = 4000
DEPTH = 3 + 3 * 17
"""Brackets within brackets: three of the report's own, and three of each of 17 dicts in each other,
which is the most that the harness ships; the last may be a complex number instead."""
REASONS = ("undefined", "none", "unsupported", "too_large")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\uffff\U000e0000-\U000e0fff]"
)


class BadReport(ValueError):
    """The report is not what the harness writes: the student's code wrote or changed it."""


def clean(text: str, cap: int = TEXT) -> str:
    """Without control characters, bidi and other invisible marks; cut to `cap` characters."""
    return _UNSEEN.sub("", text[: 2 * cap])[:cap]


def need(condition: bool, what: str) -> None:
    """Raise BadReport unless the condition holds."""
    if not condition:
        raise BadReport(what)


def _optional(value: Any, kind: type, what: str) -> None:
    need(value is None or type(value) is kind, what)


def error_of(record: Any) -> tuple[RunError, dict[str, Any]]:
    """The error and what else was said about it. Raises BadReport."""
    need(isinstance(record, dict), "error")
    keys = {"type", "message", "file", "line", "module", "errno"}
    need(set(record) == keys, "error fields")
    need(type(record["type"]) is str and type(record["message"]) is str, "error text")
    for name, kind in (("file", str), ("line", int), ("module", str), ("errno", int)):
        _optional(record[name], kind, f"error {name}")
    line = record["line"]
    error = RunError(
        type=clean(record["type"], 200),
        message=clean(record["message"], 2000),
        file=clean(record["file"], 200) if record["file"] else None,
        line=line if line is not None and 0 < line < 10_000_000 else None,
    )
    return error, record


def _plain(value: Any, name: str) -> Any:
    """What the harness may give: numbers, strings, lists, named specials, dicts as pairs, complex
    numbers as two parts.

    Strings are cleaned, since a page may quote them.
    """
    if isinstance(value, str):
        return clean(value, len(value))
    if isinstance(value, list):
        return [_inside(item, name) for item in value]
    if isinstance(value, dict) and set(value) == {"dict"}:
        return {"dict": [_pair(one, name) for one in _listed(value["dict"], name)]}
    if isinstance(value, dict) and set(value) == {"complex"}:
        return {"complex": complex_of(value["complex"], name)}
    return _number(value, name)


def complex_of(value: Any, name: str) -> list[Any]:
    """The parts of a complex number: two floats. Raises BadReport."""
    parts = _listed(value, name)
    need(len(parts) == 2 and all(type(one) in (float, dict) for one in parts), name)
    return [_number(one, name) for one in parts]


def _inside(value: Any, name: str) -> Any:
    """In a list or dict there may be None too; alone it is a name that has no value."""
    return None if value is None else _plain(value, name)


def _number(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        need(set(value) == {"special"} and value["special"] in ("nan", "inf", "-inf"), name)
        return value
    need(isinstance(value, bool | int | float), name)
    return value


def _listed(value: Any, name: str) -> list[Any]:
    need(isinstance(value, list), name)
    return list(value)


def _pair(value: Any, name: str) -> list[Any]:
    need(isinstance(value, list) and len(value) == 2, name)
    need(type(value[0]) in (str, int), name)
    return [_plain(value[0], name), _inside(value[1], name)]


def _value(name: str, record: Any, tensors: dict[str, Any]) -> Value:
    need(isinstance(record, dict), name)
    kind = record.get("kind")
    if kind == "tensor":
        need(set(record) == {"kind"} and name in tensors, name)
        dtype, shape, data = tensors.pop(name)
        return TensorValue(dtype=dtype, shape=shape, data=data)
    if kind == "plain":
        need(set(record) == {"kind", "value"}, name)
        return PlainValue(json_text=json.dumps(_plain(record["value"], name)))
    need(kind == "missing" and set(record) == {"kind", "reason", "detail"}, name)
    need(record["reason"] in REASONS and type(record["detail"]) is str, name)
    return Missing(reason=record["reason"], detail=clean(record["detail"], 300))


@dataclass(frozen=True)
class Report:
    """Values by name, or the error; `read` is false when the file could not even be compiled."""

    values: dict[str, Value]
    error: RunError | None = None
    record: dict[str, Any] | None = None
    read: bool = True


def parse(parts: list[tuple[str, bytes]], names: tuple[str, ...]) -> Report:
    """The report in the frames of a run: `started`, sent before the first line of the student's
    runs, then the report, then its tensors. A syntax error comes without the first.

    Raises BadReport or FrameError: one frame too few or too many, a name not asked for, a tensor
    nobody named, a field of another type.
    """
    read = len(parts) == 3
    need([kind for kind, _ in parts] == ["J", "J", "T"][not read :], "frames")
    need(not read or frames.parse_json(parts[0][1]) == {"started": True}, "start")
    told = frames.parse_json(parts[-2][1], depth=DEPTH)
    need(isinstance(told, dict) and set(told) == {"error", "values"}, "fields")
    tensors = frames.parse_tensors(parts[-1][1])
    records = told["values"]
    need(isinstance(records, dict), "values")
    if told["error"] is not None:
        need(not records and not tensors, "values beside an error")
        error, record = error_of(told["error"])
        return Report({}, error, record, read)
    need(read and set(records) == set(names), "names")
    values = {name: _value(name, records[name], tensors) for name in names}
    need(not tensors, "tensors")
    return Report(values)
