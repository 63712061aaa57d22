"""`.npy` and `.safetensors` read without numpy: nothing in them is executed, no size is believed.

Pickled objects, which both formats' relatives can carry, are refused by name.
"""

import json
import math
import re
import struct
from dataclasses import dataclass
from typing import Any

MOST_HEADER = 64 * 1024
MOST_TENSORS = 256
MOST_DIMENSIONS = 16

_NPY = re.compile(
    r"\{'descr': '(?P<descr>[<>|=][a-zA-Z][0-9]{1,3})', 'fortran_order': (?P<fortran>True|False), "
    r"'shape': \((?P<shape>[0-9, ]{0,400})\),? ?\} *\n?"
)
_NPY_DTYPES = {
    "|b1": "bool", "|u1": "uint8", "|i1": "int8", "<i2": "int16", "<u2": "uint16", "<i4": "int32",
    "<u4": "uint32", "<i8": "int64", "<u8": "uint64", "<f2": "float16", "<f4": "float32",
    "<f8": "float64", "<c8": "complex64", "<c16": "complex128",
}  # fmt: skip
_SAFE_DTYPES = {
    "BOOL": "bool", "U8": "uint8", "I8": "int8", "I16": "int16", "U16": "uint16", "I32": "int32",
    "U32": "uint32", "I64": "int64", "U64": "uint64", "F16": "float16", "BF16": "bfloat16",
    "F32": "float32", "F64": "float64", "C64": "complex64",
}  # fmt: skip
SIZES = {
    "bool": 1, "uint8": 1, "int8": 1, "int16": 2, "uint16": 2, "float16": 2, "bfloat16": 2,
    "int32": 4, "uint32": 4, "float32": 4, "int64": 8, "uint64": 8, "float64": 8, "complex64": 8,
    "complex128": 16,
}  # fmt: skip


class BadFile(ValueError):
    """The file is not such a file, or holds what is not taken; the message is for the student."""


@dataclass(frozen=True)
class Array:
    """A dense array: torch's name of its dtype, its shape, its little-endian bytes.

    With `fortran` the first index runs fastest, else the last.
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes
    fortran: bool = False


def read_npy(content: bytes) -> Array:
    """The array of an `.npy` file. Raises BadFile."""
    if content[:6] != b"\x93NUMPY" or len(content) < 10:
        raise BadFile("it is no .npy file as numpy.save writes it")
    wide = content[6] >= 2
    start = 12 if wide else 10
    length = int.from_bytes(content[8:start], "little")
    if content[6] not in (1, 2, 3) or length > MOST_HEADER or start + length > len(content):
        raise BadFile("its header is damaged")
    found = _NPY.fullmatch(content[start : start + length].decode("latin-1"))
    if found is None:
        raise BadFile("its header names more than a plain array of numbers")
    dtype = _NPY_DTYPES.get(found["descr"])
    if dtype is None:
        raise BadFile(f"its dtype {found['descr']} is not taken: save numbers, as float64")
    shape = tuple(int(size) for size in found["shape"].replace(",", " ").split())
    data = content[start + length :]
    return _sized(Array(dtype, shape, data, found["fortran"] == "True"))


def read_safetensors(content: bytes, name: str | None) -> Array:
    """The tensor `name` of a `.safetensors` file, or its only one. Raises BadFile."""
    if len(content) < 8:
        raise BadFile("it is no .safetensors file")
    (length,) = struct.unpack_from("<Q", content)
    if length > MOST_HEADER or 8 + length > len(content):
        raise BadFile("its header is damaged or too long")
    header = _header(content[8 : 8 + length])
    data = memoryview(content)[8 + length :]
    entries = {key: _entry(value) for key, value in header.items() if key != "__metadata__"}
    _tiled(entries, len(data))
    if name is None and len(entries) != 1:
        raise BadFile(f"it holds {len(entries)} tensors, one is asked for")
    chosen = next(iter(entries)) if name is None else name
    if chosen not in entries:
        raise BadFile(f"it holds no tensor named `{chosen}`")
    dtype, shape, begin, end = entries[chosen]
    return _sized(Array(dtype, shape, bytes(data[begin:end])))


def _header(text: bytes) -> dict[str, Any]:
    try:
        header = json.loads(text.decode(), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise BadFile("its header is damaged") from None
    if not isinstance(header, dict) or len(header) > MOST_TENSORS:
        raise BadFile("its header is damaged, or names too many tensors")
    return header


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is given twice")
    return found


def _entry(value: Any) -> tuple[str, tuple[int, ...], int, int]:
    if not isinstance(value, dict) or set(value) != {"dtype", "shape", "data_offsets"}:
        raise BadFile("its header is damaged")
    dtype = _SAFE_DTYPES.get(str(value["dtype"]))
    if dtype is None:
        raise BadFile(f"its dtype {str(value['dtype'])[:20]} is not taken")
    return dtype, _counts(value["shape"]), *_offsets(_counts(value["data_offsets"]))


def _offsets(offsets: tuple[int, ...]) -> tuple[int, int]:
    if len(offsets) != 2 or offsets[0] > offsets[1]:
        raise BadFile("its header is damaged")
    return offsets[0], offsets[1]


def _counts(value: Any) -> tuple[int, ...]:
    sound = isinstance(value, list) and len(value) <= MOST_DIMENSIONS
    if not sound or not all(type(one) is int and 0 <= one < 1 << 40 for one in value):
        raise BadFile("its header is damaged")
    return tuple(value)


def _tiled(entries: dict[str, tuple[str, tuple[int, ...], int, int]], size: int) -> None:
    """Tensors must fill the data without a gap: nothing is hidden between them."""
    at = 0
    for _, _, begin, end in sorted(entries.values(), key=lambda entry: entry[2:]):
        if begin != at:
            raise BadFile("its tensors overlap or leave gaps")
        at = end
    if at != size:
        raise BadFile("its data is longer or shorter than its header says")


def _sized(array: Array) -> Array:
    if len(array.shape) > MOST_DIMENSIONS:
        raise BadFile("it has too many dimensions")
    if len(array.data) != math.prod(array.shape) * SIZES[array.dtype]:
        raise BadFile("its data is longer or shorter than its header says")
    return array
