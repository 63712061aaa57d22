"""Mutate whole reports by their structure and parse them: `python -m tests.hostile.fuzz`.

Nothing may crash, hang, or be accepted unless it is well-formed by a check written apart from the
parser. Ends with the rejections counted per reason and `fuzz: tried=N accepted=N faults=0`.
"""

import argparse
import json
import math
import random
import struct
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from rubrics.job import Missing, PlainValue, TensorValue
from workers import frames
from workers.sandbox import report

NAMES = ("x.grad", "y", "z")
SIZES = dict(frames.DTYPES.values())
SPICE = (b'"', b"{", b"[", b"\\u0000", b"9" * 500, b"1e999", b'"error":null,', b"NaN", b"[" * 50)
ERROR = {"type": "E", "message": "m", "file": None, "line": 3, "module": None, "errno": None}
Parts = list[tuple[str, bytes]]


def sample(rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
    """A valid report and its tensors, as Python values."""
    values: dict[str, Any] = {}
    tensors: dict[str, Any] = {}
    for name in NAMES:
        kind = rng.choice(("tensor", "plain", "missing"))
        if kind == "tensor":
            dtype = rng.choice(list(SIZES))
            shape = tuple(rng.randrange(4) for _ in range(rng.randrange(4)))
            data = rng.randbytes(math.prod(shape) * SIZES[dtype])
            values[name], tensors[name] = {"kind": "tensor"}, (dtype, shape, data)
        elif kind == "plain":
            values[name] = {"kind": "plain", "value": rng.choice([1, -2.5, "a", [1, [True]]])}
        else:
            values[name] = {"kind": "missing", "reason": "none", "detail": "gone"}
    return values, tensors


def _tree(rng: random.Random, value: Any) -> Any:
    """Change one place of a JSON tree."""
    odd = (None, True, -1, 2**63, 1e300, "", "\ud800", "\x00", "x" * 300, [], {}, [[[]]], math.nan)
    if isinstance(value, dict) and value and rng.random() < 0.8:
        key = rng.choice(list(value))
        copy = dict(value)
        if rng.random() < 0.2:
            copy[rng.choice(["x", "__metadata__", key + "2"])] = copy.pop(key)
        else:
            copy[key] = _tree(rng, value[key])
        return copy
    if isinstance(value, list) and value and rng.random() < 0.6:
        place = rng.randrange(len(value))
        return [*value[:place], _tree(rng, value[place]), *value[place + 1 :]]
    return rng.choice(odd)


def _json(value: Any) -> bytes:
    return json.dumps(value).encode("utf-8", "surrogatepass")


def _bytes(rng: random.Random, data: bytes) -> bytes:
    """Flip, cut, repeat or insert bytes."""
    place = rng.randrange(len(data) + 1)
    end = min(len(data), place + rng.randrange(1, 9))
    return rng.choice(
        (
            lambda: data[:place] + rng.randbytes(end - place) + data[end:],
            lambda: data[:place],
            lambda: data[:end] + data[place:],
            lambda: data[:place] + rng.choice(SPICE) + data[place:],
        )
    )()


def _tensor_payload(rng: random.Random, tensors: dict[str, Any]) -> bytes:
    payload = frames.pack_tensors(tensors)[frames.HEADER.size :]
    (length,) = struct.unpack_from("<Q", payload)
    header, data = json.loads(payload[8 : 8 + length]), payload[8 + length :]
    choice = rng.random()
    if choice < 0.6:
        text = _json(_tree(rng, header))
        return struct.pack("<Q", len(text)) + text + data
    if choice < 0.8:
        wrong = rng.choice((0, 1, length - 1, length + 1, 1 << 40, (1 << 64) - 1))
        return struct.pack("<Q", wrong) + payload[8:]
    return payload[: 8 + length] + _bytes(rng, data)


def mutant(rng: random.Random) -> bytes:
    """The bytes of one stream: started, report, tensors, with one to three things wrong."""
    values, tensors = sample(rng)
    told: Any = {"error": None, "values": values}
    if rng.random() < 0.2:
        told, tensors = {"error": ERROR, "values": {}}, {}
    start, middle = b'{"started":true}', _json(told)
    last = frames.pack_tensors(tensors)[frames.HEADER.size :]
    kinds = ["J", "J", "T"]
    for _ in range(rng.randrange(1, 4)):
        change = rng.randrange(7)
        if change == 0:
            told = _tree(rng, told)
            middle = _json(told)
        elif change == 1:
            last = _tensor_payload(rng, tensors)
        elif change == 2:
            middle = _bytes(rng, middle)
        elif change == 3:
            start = rng.choice((b"{}", b'{"started":1}', b'{"started":false}', middle, b""))
        elif change == 4:
            kinds[rng.randrange(3)] = rng.choice("JBTPX")
        elif change == 5:
            last = _bytes(rng, last)
    payloads = [start, middle, last]
    whole = [frames.pack(kind, one) for kind, one in zip(kinds, payloads, strict=True)]  # type: ignore[arg-type]
    if rng.random() < 0.15:
        rng.shuffle(whole)
    if rng.random() < 0.15:
        whole.insert(rng.randrange(4), rng.choice(whole))
    if rng.random() < 0.1:
        whole.pop()
    stream = b"".join(whole)
    return _bytes(rng, stream) if rng.random() < 0.2 else stream


def read(stream: bytes, chunk: int) -> report.Report:
    """As the worker does. Raises FrameError or BadReport."""
    reader = frames.Reader(1 << 20, 1 << 18)
    parts: Parts = []
    for place in range(0, len(stream), chunk):
        reader.feed(stream[place : place + chunk])
        parts += list(reader.frames())
    if reader.pending:
        raise frames.FrameError("incomplete")
    return report.parse(parts, NAMES)


def _finite(value: Any) -> bool:
    if isinstance(value, list):
        return all(_finite(one) for one in value)
    if isinstance(value, dict):
        return value.get("special") in ("nan", "inf", "-inf") and len(value) == 1
    return not isinstance(value, float) or math.isfinite(value)


def sound(told: report.Report) -> bool:
    """Whether what was accepted is well-formed, by other means than the parser's."""
    if told.error is not None:
        return not told.values
    if set(told.values) != set(NAMES):
        return False
    for value in told.values.values():
        if isinstance(value, TensorValue):
            if len(value.data) != math.prod(value.shape) * SIZES[value.dtype]:
                return False
        elif isinstance(value, PlainValue):
            if not _finite(json.loads(value.json_text)):
                return False
        elif not isinstance(value, Missing):
            return False
    return True


def run(number: int, seed: int, tell: Callable[[str], None] = print) -> tuple[Counter[str], int]:
    """Try this many; rejections (and acceptances) by reason, and how many faults."""
    rng, reasons, faults = random.Random(seed), Counter[str](), 0
    for turn in range(number):
        stream = mutant(rng)
        started = time.perf_counter()
        try:
            told = read(stream, rng.choice((1 << 16, 1 << 16, 7, 64)))
        except frames.FrameError as fault:
            reasons[f"frame: {fault.reason}"] += 1
        except report.BadReport as fault:
            word = str(fault)
            reasons[f"report: {'a value' if word in NAMES else word}"] += 1
        except Exception as fault:
            faults += 1
            tell(f"fault at {turn} of seed {seed}: {type(fault).__name__} {fault} {stream[:200]!r}")
        else:
            reasons["accepted"] += 1
            if not sound(told):
                faults += 1
                tell(f"ill-formed accepted at {turn} of seed {seed}: {stream[:200]!r}")
        if time.perf_counter() - started > 1:
            faults += 1
            tell(f"took {time.perf_counter() - started:.1f} s at {turn} of seed {seed}")
    return reasons, faults


def main() -> int:
    """Fuzz, and print the counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    reasons, faults = run(options.number, options.seed)
    for reason, count in reasons.most_common():
        print(f"{count:9} {reason}")
    print(f"fuzz: tried={options.number} accepted={reasons['accepted']} faults={faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
