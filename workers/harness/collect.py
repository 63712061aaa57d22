"""Read named values of a finished script into plain records and raw tensor bytes."""

import math
import types
from collections import OrderedDict, defaultdict
from typing import Any

Record = dict[str, Any]
Blob = tuple[str, tuple[int, ...], bytes]
DEPTH = 16
PLAIN_ITEMS = 50_000

PLAIN_DTYPES = frozenset(
    {
        "bool", "uint8", "int8", "int16", "uint16", "int32", "uint32", "int64", "uint64",
        "float16", "bfloat16", "float32", "float64", "complex64", "complex128",
    }
)  # fmt: skip


class Refused(Exception):
    """This value cannot be shipped; carries the reason and a sentence."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def find(module: types.ModuleType, dotted: str) -> Any:
    """The object a dotted name stands for. Raises Refused when a part of it is not there."""
    first, *rest = dotted.split(".")
    if first not in module.__dict__:
        raise Refused("undefined", f"the script defines no '{first}'")
    value, path = module.__dict__[first], first
    for part in rest:
        if value is None:
            raise Refused("none", f"'{path}' is None, so it has no '{part}'")
        try:
            value = getattr(value, part)
        except AttributeError:
            raise Refused("undefined", f"'{path}' has no '{part}'") from None
        path = f"{path}.{part}"
    if value is None:
        raise Refused("none", f"'{dotted}' is None")
    return value


def _tensor(value: Any, torch: Any, budget: int) -> Blob:
    if type(value) not in (torch.Tensor, torch.nn.Parameter):
        raise Refused("unsupported", f"a tensor subclass ({type(value).__name__[:60]})")
    if value.layout is not torch.strided or value.is_quantized or value.is_nested:
        raise Refused("unsupported", "a sparse, quantised or nested tensor; give a plain one")
    if value.device.type != "cpu":
        raise Refused("unsupported", f"a tensor on '{value.device.type}', not on the CPU")
    dtype = str(value.dtype).removeprefix("torch.")
    if dtype not in PLAIN_DTYPES:
        raise Refused("unsupported", f"a tensor of dtype {dtype}")
    _check_size(value.numel() * value.element_size(), budget)
    plain = value.detach().resolve_conj().resolve_neg().contiguous()
    shape = tuple(int(side) for side in plain.shape)
    return dtype, shape, _bytes(plain, torch)


def _bytes(plain: Any, torch: Any) -> bytes:
    """Row-major bytes of a contiguous tensor; one element may have a stride other than 1."""
    if not plain.numel():
        return b""
    return bytes(plain.as_strided((plain.numel(),), (1,)).view(torch.uint8).numpy())


def _array(value: Any, numpy: Any, budget: int) -> Blob:
    if type(value) is not numpy.ndarray and not isinstance(value, numpy.generic):
        raise Refused("unsupported", f"an array subclass ({type(value).__name__[:60]})")
    dtype = str(value.dtype.name)
    if dtype not in PLAIN_DTYPES:
        raise Refused("unsupported", f"an array of dtype {dtype}")
    _check_size(int(value.size) * int(value.dtype.itemsize), budget)
    plain = numpy.ascontiguousarray(value, dtype=value.dtype.newbyteorder("<"))
    return dtype, tuple(int(side) for side in value.shape), plain.tobytes()


def _check_size(size: int, budget: int) -> None:
    if size > budget:
        raise Refused("too_large", f"{size} bytes; {budget} bytes may be shipped")


def _plain(value: Any, room: list[int], depth: int) -> Any:
    """The JSON form of a number, string, dict, list, or of None in one of those.

    `room` counts down to the size cap.
    """
    room[0] -= 1
    if depth > DEPTH or room[0] < 0:
        raise Refused("too_large", "nested too deeply, or too long")
    kind = type(value)
    if kind is float and not math.isfinite(value):
        return {"special": "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"}
    if kind is int and value.bit_length() > 1024:
        raise Refused("too_large", "an integer of more than 300 digits")
    if kind in (bool, int, float) or (value is None and depth):
        return value
    if kind is complex:
        return {"complex": [_plain(one, room, depth) for one in (value.real, value.imag)]}
    if kind is str:
        room[0] -= len(value) // 8
        return value.encode("utf-8", "replace").decode().replace("\x00", "")
    if kind in (list, tuple):
        return [_plain(item, room, depth + 1) for item in value]
    if kind in (dict, OrderedDict, defaultdict):
        return {"dict": [[_key(key, room), _plain(value[key], room, depth + 1)] for key in value]}
    raise Refused("unsupported", f"a value of type {kind.__name__[:60]}")


def _key(key: Any, room: list[int]) -> Any:
    if type(key) not in (str, int):
        raise Refused("unsupported", f"a dict with a key of type {type(key).__name__[:60]}")
    return _plain(key, room, 0)


def read(value: Any, torch: Any, numpy: Any, budget: int) -> tuple[Record, Blob | None]:
    """The record of one value, and its bytes when it is a tensor or array. Raises Refused."""
    if torch is not None and isinstance(value, torch.Tensor):
        return {"kind": "tensor"}, _tensor(value, torch, budget)
    if numpy is not None and isinstance(value, numpy.ndarray | numpy.generic):
        return {"kind": "tensor"}, _array(value, numpy, budget)
    return {"kind": "plain", "value": _plain(value, [min(budget // 8, PLAIN_ITEMS)], 0)}, None


def gather(
    module: types.ModuleType, names: list[str], budget: int, torch: Any, numpy: Any
) -> tuple[dict[str, Record], dict[str, Blob]]:
    """Records of all names and the tensors among them, within `budget` bytes in all."""
    records: dict[str, Record] = {}
    blobs: dict[str, Blob] = {}
    for name in names:
        try:
            records[name], blob = read(find(module, name), torch, numpy, budget)
        except Refused as why:
            records[name] = {"kind": "missing", "reason": why.reason, "detail": why.detail}
        except Exception as fault:  # a property or __getattr__ of the student's raised
            detail = f"reading it raised {type(fault).__name__[:60]}"
            records[name] = {"kind": "missing", "reason": "undefined", "detail": detail}
        else:
            if blob is not None:
                blobs[name] = blob
                budget -= len(blob[2])
    return records, blobs
