"""Whole reports of a run: word of the start, the report, its tensors."""

import json
import math
import random
from typing import Any

from rubrics.job import Missing, PlainValue, TensorValue
from tests.hostile.fuzz import mutate
from workers.sandbox import report

NAMES = ("x.grad", "y", "z")
PLAIN = (1, -2.5, "a", [1, [True, None]], {"special": "nan"}, {"dict": [["k", 1], [2, None]]})
PLAIN += ({"complex": [1.5, {"special": "-inf"}]}, [{"complex": [0.0, -2.0]}])
ERROR = {"type": "E", "message": "m", "file": "a.py", "line": 3, "module": "m", "errno": 2}


def sample(rng: random.Random) -> tuple[Any, mutate.Tensors]:
    """A valid report and its tensors."""
    if rng.random() < 0.15:
        return {"error": dict(ERROR), "values": {}}, {}
    values: dict[str, Any] = {}
    tensors: mutate.Tensors = {}
    for name in NAMES:
        kind = rng.choice(("tensor", "plain", "missing"))
        values[name] = {"kind": kind}
        if kind == "tensor":
            tensors[name] = mutate.tensor(rng)
        elif kind == "plain":
            values[name] |= {"value": rng.choice(PLAIN)}
        else:
            values[name] |= {"reason": rng.choice(report.REASONS), "detail": "gone"}
    return {"error": None, "values": values}, tensors


def mutant(rng: random.Random) -> bytes:
    """A stream with up to two things wrong."""
    told, tensors = sample(rng)
    payloads = [("J", b'{"started":true}'), ("J", mutate.text(told)), ("T", mutate.packed(tensors))]
    for _ in range(rng.randrange(3)):
        place = rng.randrange(3)
        kind, data = payloads[place]
        change = rng.randrange(6)
        if change <= 2:
            payloads[1] = ("J", mutate.text(mutate.tree(rng, told)))
        elif change == 3:
            payloads[2] = ("T", mutate.tensors(rng, tensors))
        elif change == 4:
            payloads[place] = (kind, mutate.some_bytes(rng, data))
        else:
            payloads[place] = (rng.choice("JBTPX"), data)
    if rng.random() < 0.1:
        payloads.pop(0)  # as when the file cannot be compiled
    return mutate.stream(rng, payloads)


def read(data: bytes, chunk: int) -> report.Report:
    """As the worker does. Raises FrameError or BadReport."""
    return report.parse(mutate.parts(data, chunk), NAMES)


def _finite(value: Any) -> bool:
    if isinstance(value, list):
        return all(_finite(one) for one in value)
    if isinstance(value, dict) and set(value) == {"dict"}:
        return all(len(pair) == 2 and _finite(pair[1]) for pair in value["dict"])
    if isinstance(value, dict) and set(value) == {"complex"}:
        return whole_complex(value["complex"])
    if isinstance(value, dict):
        return value.get("special") in ("nan", "inf", "-inf") and len(value) == 1
    return not isinstance(value, float) or math.isfinite(value)


def whole_complex(parts: Any) -> bool:
    """Whether they are a real and an imaginary part, each a float or a named special."""
    kinds = [type(one) for one in parts]
    return len(kinds) == 2 and set(kinds) <= {float, dict} and all(map(_finite, parts))


def well_shaped(value: TensorValue) -> bool:
    """Whether it has as many bytes as its shape says."""
    return len(value.data) == math.prod(value.shape) * mutate.SIZES[value.dtype]


def sound(told: report.Report) -> bool:
    """Whether what was accepted is well-formed, by other means than the parser's."""
    if told.error is not None:
        return not told.values
    if set(told.values) != set(NAMES):
        return False
    for value in told.values.values():
        if isinstance(value, TensorValue) and not well_shaped(value):
            return False
        if isinstance(value, PlainValue) and not _finite(json.loads(value.json_text)):
            return False
        if isinstance(value, Missing) and len(value.detail) > 300:
            return False
    return True
