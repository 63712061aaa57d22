"""What a child ships of its calls: a record and its tensors each, before the report."""

import json
import random
from collections.abc import Iterator
from typing import Any

from rubrics.job import Call, CallResult
from tests.hostile.fuzz import mutate
from tests.hostile.fuzz.reports import well_shaped, whole_complex
from workers.sandbox import call_report

CALLS = tuple(Call(name=f"c/{at}", steps=(), ship={"value": 1, "more": 2}) for at in range(3))
ERROR = {"type": "E", "message": "m", "file": None, "line": 3, "module": None, "errno": None}
LEAVES = (1, -2.5, "a", None, True, {"special": "inf"}, {"dtype": "float32"}, [], {"tuple": [1]})
LEAVES += ({"complex": [1.5, {"special": "nan"}]},)
PRINTS = ("", "said\x1b[31m", "\u202e" + "x" * 9000)


def _record(rng: random.Random, name: str) -> tuple[dict[str, Any], mutate.Tensors]:
    """A valid one: its trees name each tensor once."""
    count = rng.randrange(3)
    kinds = ("tensor", "array")
    leaves: list[Any] = [{rng.choice(kinds): at} for at in range(count)]
    leaves += [rng.choice(LEAVES) for _ in range(rng.randrange(3))]
    leaves.append({"missing": ["unsupported", "a\u202eb"]})
    trees = {"value": leaves, "more": {"dict": [["k", {"tuple": [1, "a"]}]]}}
    kinds_of = {"kinds": ["ValueError", "Exception"], "late": rng.random() < 0.3}
    error = {**ERROR, **kinds_of} if rng.random() < 0.3 else None
    record = {"call": name, "values": trees, "error": error}
    record |= {"missing": "", "printed": rng.choice(PRINTS)}
    return record, {str(at): mutate.tensor(rng) for at in range(count)}


def mutant(rng: random.Random) -> bytes:
    """A stream with something wrong in up to two calls."""
    payloads = [("J", b'{"started":true}'), ("J", call_report.READY)]
    wrong = [rng.randrange(6) for _ in range(rng.randrange(3))]
    for at in range(rng.choice((1, 2, 3, 3, 3, 4))):
        record, tensors = _record(rng, f"c/{at}")
        told, packed = json.dumps(record, separators=(",", ":")).encode(), mutate.packed(tensors)
        if at in wrong and rng.random() < 0.7:
            told = json.dumps(mutate.tree(rng, record), separators=(",", ":")).encode()
        elif at in wrong:
            packed = mutate.tensors(rng, tensors)
        payloads += [("J", told), ("T", packed)]
    if rng.random() < 0.8:
        payloads += [("J", b'{"error":null,"values":{}}'), ("T", mutate.packed({}))]
    if 5 in wrong:
        place = rng.randrange(len(payloads))
        payloads[place] = (rng.choice("JBT"), mutate.some_bytes(rng, payloads[place][1]))
    return mutate.stream(rng, payloads)


def read(data: bytes, chunk: int) -> dict[str, CallResult]:
    """As the worker does. Raises FrameError or BadReport."""
    parts = mutate.parts(data, chunk)
    return call_report.parse(call_report.split(parts)[0], CALLS)


def _nodes(tree: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(tree, list):
        for one in tree:
            yield from _nodes(one)
    elif isinstance(tree, dict):
        yield from tree.items()
        for one in tree.values():
            yield from _nodes(one)


def sound(told: dict[str, CallResult]) -> bool:
    """Whether what was accepted is well-formed, by other means than the parser's."""
    if list(told) != [call.name for call in CALLS[: len(told)]]:
        return False
    for result in told.values():
        if not set(result.values) <= {"value", "more"} or len(result.output) > 8000:
            return False
        if any(mark in result.output for mark in "\x1b\u202e"):
            return False
        nodes = [node for text in result.values.values() for node in _nodes(json.loads(text))]
        named = [at for kind, at in nodes if kind in ("tensor", "array")]
        if len(named) != len(set(named)) or any(at >= len(result.tensors) for at in named):
            return False
        whole = (whole_complex(parts) for kind, parts in nodes if kind == "complex")
        if not all(whole) or not all(well_shaped(one) for one in result.tensors):
            return False
    return True
