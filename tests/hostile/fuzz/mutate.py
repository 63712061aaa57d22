"""Change valid things a little: a place in a JSON tree, a few bytes, a frame of a stream."""

import json
import math
import random
import struct
from collections.abc import Callable, Sequence
from typing import Any

from workers import frames

SPICE = (b'"', b"{", b"[", b"\\u0000", b"9" * 500, b"1e999", b'"error":null,', b"NaN", b"[" * 50)
ODD = (None, True, -1, 2**63, 1e300, "", "\ud800", "\x00", "x" * 300, [], {}, [[[]]], math.nan)
SIZES = dict(frames.DTYPES.values())
Tensors = dict[str, tuple[str, tuple[int, ...], bytes]]
Payload = tuple[str, bytes]


def tensor(rng: random.Random) -> tuple[str, tuple[int, ...], bytes]:
    """A small valid one: dtype, shape and bytes."""
    dtype = rng.choice(list(SIZES))
    shape = tuple(rng.randrange(4) for _ in range(rng.randrange(4)))
    return dtype, shape, rng.randbytes(math.prod(shape) * SIZES[dtype])


def tree(rng: random.Random, value: Any) -> Any:
    """The same with one place changed."""
    if isinstance(value, dict) and value and rng.random() < 0.8:
        key = rng.choice(list(value))
        copy = dict(value)
        if rng.random() < 0.2:
            copy[rng.choice(["x", "__metadata__", f"{key}2"])] = copy.pop(key)
        else:
            copy[key] = tree(rng, value[key])
        return copy
    if isinstance(value, list) and value and rng.random() < 0.8:
        place = rng.randrange(len(value))
        return [*value[:place], tree(rng, value[place]), *value[place + 1 :]]
    return rng.choice(ODD)


def text(value: Any) -> bytes:
    """As JSON, be it ill-formed."""
    return json.dumps(value).encode("utf-8", "surrogatepass")


def some_bytes(rng: random.Random, data: bytes) -> bytes:
    """Flip, cut, repeat or insert bytes."""
    place = rng.randrange(len(data) + 1)
    end = min(len(data), place + rng.randrange(1, 9))
    ways: Sequence[Callable[[], bytes]] = (
        lambda: data[:place] + rng.randbytes(end - place) + data[end:],
        lambda: data[:place],
        lambda: data[:end] + data[place:],
        lambda: data[:place] + rng.choice(SPICE) + data[place:],
    )
    return rng.choice(ways)()


def tensors(rng: random.Random, found: Tensors) -> bytes:
    """A `T` frame's payload with its header, its length or its data changed."""
    payload = packed(found)
    (length,) = struct.unpack_from("<Q", payload)
    header, data = json.loads(payload[8 : 8 + length]), payload[8 + length :]
    choice = rng.random()
    if choice < 0.6:
        told = text(tree(rng, header))
        return struct.pack("<Q", len(told)) + told + data
    if choice < 0.8:
        wrong = rng.choice((0, 1, length - 1, length + 1, 1 << 40, (1 << 64) - 1))
        return struct.pack("<Q", wrong % (1 << 64)) + payload[8:]
    return payload[: 8 + length] + some_bytes(rng, data)


def packed(found: Tensors) -> bytes:
    """A `T` frame's payload."""
    return frames.pack_tensors(found)[frames.HEADER.size :]


def stream(rng: random.Random, payloads: Sequence[Payload]) -> bytes:
    """Frames of these, now and then out of order, one too many, one too few, or broken."""
    whole = [frames.pack(kind, data) for kind, data in payloads]  # type: ignore[arg-type]
    if rng.random() < 0.1:
        rng.shuffle(whole)
    if rng.random() < 0.1:
        whole.insert(rng.randrange(len(whole) + 1), rng.choice(whole))
    if rng.random() < 0.1:
        whole.pop(rng.randrange(len(whole)))
    joined = b"".join(whole)
    return some_bytes(rng, joined) if rng.random() < 0.15 else joined


def parts(data: bytes, chunk: int) -> list[Payload]:
    """The whole frames of a stream that comes in pieces. Raises FrameError."""
    reader, found = frames.Reader(1 << 20, 1 << 18), []
    for place in range(0, len(data), chunk):
        reader.feed(data[place : place + chunk])
        found += list(reader.frames())
    if reader.pending:
        raise frames.FrameError("incomplete")
    return found
