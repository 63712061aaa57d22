"""Frames on the pipes to code we do not trust: length-prefixed, capped, strictly parsed.

A frame is `XG`, a kind byte, a zero byte and a little-endian 32-bit length, then that many bytes.
`J` carries strict JSON, `B` raw bytes, `T` tensors laid out as safetensors. Nothing executable is
ever carried, and no size that the other side declares is believed before it is checked.
"""

import json
import math
import re
import struct
from collections.abc import Iterator
from typing import Any, Literal

Kind = Literal["J", "B", "T"]

HEADER = struct.Struct("<2ssBI")
MAGIC = b"XG"
JSON_DEPTH = 32
JSON_DIGITS = 400
TENSOR_HEADER = 64 * 1024
TENSOR_COUNT = 256
TENSOR_DIMS = 16

# Never gives back, and takes an unclosed string to its end: else a text of quotes costs the square.
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")

# safetensors' name, torch's name, bytes per element. C128 is ours: safetensors has no name for it.
DTYPES: dict[str, tuple[str, int]] = {
    "BOOL": ("bool", 1),
    "U8": ("uint8", 1),
    "I8": ("int8", 1),
    "I16": ("int16", 2),
    "U16": ("uint16", 2),
    "I32": ("int32", 4),
    "U32": ("uint32", 4),
    "I64": ("int64", 8),
    "U64": ("uint64", 8),
    "F16": ("float16", 2),
    "BF16": ("bfloat16", 2),
    "F32": ("float32", 4),
    "F64": ("float64", 8),
    "C64": ("complex64", 8),
    "C128": ("complex128", 16),
}
CODES = {torch_name: (code, size) for code, (torch_name, size) in DTYPES.items()}


class FrameError(ValueError):
    """Something on the wire is not what the protocol allows; `reason` is a short stable word."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


def pack(kind: Kind, payload: bytes) -> bytes:
    """One frame, ready to be written."""
    return HEADER.pack(MAGIC, kind.encode(), 0, len(payload)) + payload


def pack_json(value: Any) -> bytes:
    """A `J` frame; raises ValueError for NaN and infinities, which JSON does not have."""
    return pack("J", json.dumps(value, allow_nan=False, separators=(",", ":")).encode())


class Reader:
    """Gathers bytes as they come and gives whole frames.

    `cap` bounds all frames together, `json_cap` each JSON frame: reading text costs more.
    """

    def __init__(self, cap: int, json_cap: int | None = None) -> None:
        self._cap = cap
        self._json_cap = cap if json_cap is None else json_cap
        self._taken = 0
        self._buffer = bytearray()

    def feed(self, data: bytes) -> None:
        """Take bytes off the wire. Raises FrameError as soon as they cannot become a frame."""
        self._taken += len(data)
        if self._taken > self._cap:
            raise FrameError("too_large", f"more than {self._cap} bytes")
        self._buffer += data
        self._check_header()

    def _check_header(self) -> None:
        if len(self._buffer) < HEADER.size:
            if not MAGIC.startswith(self._buffer[:2]):
                raise FrameError("bad_magic")
            return
        magic, kind, reserved, length = HEADER.unpack_from(self._buffer)
        if magic != MAGIC or reserved != 0:
            raise FrameError("bad_magic")
        if kind not in (b"J", b"B", b"T"):
            raise FrameError("bad_kind", repr(kind))
        if length > (self._json_cap if kind == b"J" else self._cap):
            raise FrameError("too_large", f"a frame of {length} bytes")

    def frames(self) -> Iterator[tuple[Kind, bytes]]:
        """Each whole frame that has arrived, in order."""
        while len(self._buffer) >= HEADER.size:
            self._check_header()
            _, kind, _, length = HEADER.unpack_from(self._buffer)
            end = HEADER.size + length
            if len(self._buffer) < end:
                return
            payload = bytes(self._buffer[HEADER.size : end])
            del self._buffer[:end]
            yield kind.decode(), payload

    @property
    def pending(self) -> int:
        """Bytes of a frame that is not whole yet."""
        return len(self._buffer)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise FrameError("duplicate_key", repr(key[:40]))
        found[key] = value
    return found


def _constant(text: str) -> Any:
    raise FrameError("not_json", text)


def _integer(text: str) -> int:
    if len(text) > JSON_DIGITS:
        raise FrameError("number_too_long", f"{len(text)} digits")
    return int(text)


def _float(text: str) -> float:
    if len(text) > JSON_DIGITS:
        raise FrameError("number_too_long", f"{len(text)} digits")
    value = float(text)
    if not math.isfinite(value):
        raise FrameError("not_finite", text[:40])
    return value


def _check_depth(text: str, limit: int) -> None:
    """Refuse deep nesting before the parser recurses into it."""
    depth = 0
    for mark in _BRACKETS.findall(_STRINGS.sub("", text)):
        depth += 1 if mark in "[{" else -1
        if depth > limit:
            raise FrameError("too_deep", f"more than {limit} levels")


def _check_text(value: Any) -> None:
    """Refuse lone surrogates and NUL, which no database and no page can carry."""
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
            raise FrameError("bad_text")
    elif isinstance(value, list):
        for item in value:
            _check_text(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)


def parse_json(payload: bytes, depth: int = JSON_DEPTH) -> Any:
    """Strict JSON: no NaN or infinity, no duplicate key, no long number, bounded depth, clean text.

    Raises FrameError.
    """
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise FrameError("not_utf8") from fault
    if text.count("[") + text.count("{") > depth:
        _check_depth(text, depth)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_pairs,
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_float,
        )
    except FrameError:
        raise
    except ValueError as fault:
        raise FrameError("not_json", str(fault)[:80]) from fault
    if "\\u" in text or "\x00" in text:
        _check_text(value)
    return value


def pack_tensors(tensors: dict[str, tuple[str, tuple[int, ...], bytes]]) -> bytes:
    """A `T` frame from name → (torch dtype name, shape, row-major little-endian bytes)."""
    header: dict[str, Any] = {}
    offset = 0
    for name, (dtype, shape, data) in tensors.items():
        end = offset + len(data)
        entry = {"dtype": CODES[dtype][0], "shape": list(shape), "data_offsets": [offset, end]}
        header[name] = entry
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    blobs = [data for _, _, data in tensors.values()]
    return pack("T", b"".join([struct.pack("<Q", len(text)), text, *blobs]))


def _size_of(name: str, entry: Any) -> tuple[str, tuple[int, ...], int, int]:
    """dtype, shape, start and end of one header entry, with everything about it checked."""
    if not isinstance(entry, dict) or set(entry) != {"dtype", "shape", "data_offsets"}:
        raise FrameError("bad_entry", name)
    code, shape, offsets = entry["dtype"], entry["shape"], entry["data_offsets"]
    if not isinstance(code, str) or code not in DTYPES:
        raise FrameError("bad_dtype", name)
    if not isinstance(shape, list) or len(shape) > TENSOR_DIMS:
        raise FrameError("bad_shape", name)
    if not all(type(side) is int and 0 <= side < 2**40 for side in shape):
        raise FrameError("bad_shape", name)
    if math.prod(max(side, 1) for side in shape) >= 2**48:  # no torch can count such strides
        raise FrameError("bad_shape", name)
    if not isinstance(offsets, list) or len(offsets) != 2:
        raise FrameError("bad_offsets", name)
    if not all(type(edge) is int and edge >= 0 for edge in offsets):
        raise FrameError("bad_offsets", name)
    dtype, size = DTYPES[code]
    if offsets[1] - offsets[0] != math.prod(shape) * size:
        raise FrameError("bad_size", name)
    return dtype, tuple(shape), offsets[0], offsets[1]


def parse_tensors(payload: bytes) -> dict[str, tuple[str, tuple[int, ...], bytes]]:
    """Name → (torch dtype name, shape, bytes) of a `T` frame's payload.

    Offsets must tile the data exactly, in order. Raises FrameError before any copy is made.
    """
    if len(payload) < 8:
        raise FrameError("truncated")
    (length,) = struct.unpack_from("<Q", payload)
    if length > TENSOR_HEADER or 8 + length > len(payload):
        raise FrameError("header_too_large", str(length))
    header = parse_json(payload[8 : 8 + length], depth=4)
    if not isinstance(header, dict) or len(header) > TENSOR_COUNT:
        raise FrameError("bad_header")
    data = memoryview(payload)[8 + length :]
    entries = {name: _size_of(name[:80], entry) for name, entry in header.items()}
    expected = 0
    for name, (_, _, start, end) in entries.items():
        if start != expected:
            raise FrameError("bad_offsets", name[:80])
        expected = end
    if expected != len(data):
        raise FrameError("trailing_data")
    return {
        name: (dtype, shape, bytes(data[start:end]))
        for name, (dtype, shape, start, end) in entries.items()
    }
