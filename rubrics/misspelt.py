"""Faults of a YAML file in words for its author; a misspelt field is told with the one meant."""

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Path_ = tuple[str | int, ...]


def told(error: ValidationError, model: type[BaseModel], data: Any) -> list[tuple[Path_, str]]:
    """Where and what is wrong in `data`, as `model` has it; what follows from another is left out.

    A list is not also `too short` because its items are at fault, and a field is not also missing
    where it is misspelt.
    """
    every = error.errors(include_url=False, include_context=False, include_input=False)
    parents = {one["loc"][:depth] for one in every for depth in range(len(one["loc"]))}
    meant = {
        one["loc"]: _meant(one["loc"], model, data)
        for one in every
        if one["type"] == "extra_forbidden"
    }
    found = {(*path[:-1], name) for path, name in meant.items() if name}
    return [
        (one["loc"], _said(one, meant))
        for one in every
        if not (one["type"] == "too_short" and one["loc"] in parents)
        and not (one["type"] == "missing" and one["loc"] in found)
    ]


def _said(one: ErrorDetails, meant: dict[Path_, str]) -> str:
    if one["type"] != "extra_forbidden":
        return one["msg"].removeprefix("Value error, ")
    name = meant[one["loc"]]
    return f"there is no such field; did you mean `{name}`?" if name else "there is no such field"


def _meant(path: Path_, model: type[BaseModel], data: Any) -> str:
    """The field of that place that is spelt nearly alike, or an empty string."""
    beside = _mapping(path[:-1], data)
    objects = [set(one) for one in _objects(model) if _is_kind(one, beside.get("kind"))]
    most = max((len(one & set(beside)) for one in objects), default=0)
    names = {name for one in objects if len(one & set(beside)) == most for name in one}
    likely = get_close_matches(str(path[-1]), sorted(names - set(beside)), n=1)
    return likely[0] if likely else ""


def _objects(model: type[BaseModel]) -> list[dict[str, Any]]:
    """The fields of all objects that the model is made of."""
    schema = model.model_json_schema()
    return [one.get("properties", {}) for one in (schema, *schema.get("$defs", {}).values())]


def _is_kind(fields: dict[str, Any], kind: object) -> bool:
    return bool(fields.get("kind", {}).get("const", kind) == kind)


def _mapping(path: Path_, data: Any) -> dict[str, Any]:
    """What stands at a path. Validators put names of their own into it: they are passed over."""
    for part in path:
        if isinstance(data, list) and isinstance(part, int):
            data = data[part]
        elif isinstance(data, dict):
            data = data.get(part, data)
    return data if isinstance(data, dict) else {}
