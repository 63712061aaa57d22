"""A result of a student's function as a tree of JSON and a list of raw tensors."""

import math
from collections import OrderedDict, defaultdict
from typing import Any

from workers.harness.collect import Blob, Refused, read

DEPTH = 8
ITEMS, ITEMS_OF_A_RUN = 20_000, 200_000
TENSORS = 250


class Packer:
    """Packs trees of one call; `blobs` gathers their tensors, within `budget` bytes in all.

    `items` is what the run may still ship of list items and the like.
    """

    def __init__(self, torch: Any, numpy: Any, budget: int, items: int = ITEMS_OF_A_RUN) -> None:
        self._torch, self._numpy = torch, numpy
        self._budget, self._given = budget, min(ITEMS, items)
        self._room = self._given
        self.blobs: list[Blob] = []

    @property
    def items(self) -> int:
        """Items so far."""
        return self._given - max(0, self._room)

    @property
    def used(self) -> int:
        """Bytes of tensors so far."""
        return sum(len(data) for _, _, data in self.blobs)

    def pack(self, value: Any) -> Any:
        """The tree of `value`; if a part cannot be shipped, {"missing": [reason, detail]}."""
        try:
            return self._pack(value, 0)
        except Refused as why:
            return {"missing": [why.reason, why.detail]}
        except Exception as fault:  # an object of the student's own that lies about itself
            return {"missing": ["unsupported", f"reading it raised {type(fault).__name__[:60]}"]}

    def _pack(self, value: Any, depth: int) -> Any:
        self._room -= 1
        if depth > DEPTH or self._room < 0:
            raise Refused("too_large", "nested too deeply, or too long")
        kind = type(value)
        if value is None or kind in (bool, int, float, str):
            return self._plain(value)
        if kind is complex:
            return {"complex": [self._plain(one) for one in (value.real, value.imag)]}
        if kind is list or isinstance(value, tuple):
            parts = [self._pack(one, depth + 1) for one in value]
            return parts if kind is list else {"tuple": parts}
        if kind in (dict, OrderedDict, defaultdict):
            pairs = [
                [self._pack(key, depth + 1), self._pack(value[key], depth + 1)] for key in value
            ]
            return {"dict": pairs}
        if self._torch is not None and kind is self._torch.dtype:
            return {"dtype": str(value).removeprefix("torch.")}
        return self._tensor(value)

    def _plain(self, value: Any) -> Any:
        if type(value) is float and not math.isfinite(value):
            return {"special": "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"}
        if type(value) is int and value.bit_length() > 1024:
            raise Refused("too_large", "an integer of more than 300 digits")
        if type(value) is str:
            self._room -= len(value) // 8
            return value.encode("utf-8", "replace").decode().replace("\x00", "")[:ITEMS]
        return value

    def _tensor(self, value: Any) -> Any:
        if len(self.blobs) >= TENSORS:
            raise Refused("too_large", f"more than {TENSORS} tensors")
        _, blob = read(value, self._torch, self._numpy, self._budget - self.used)
        if blob is None:
            raise Refused("unsupported", f"a value of type {type(value).__name__[:60]}")
        self.blobs.append(blob)
        is_tensor = self._torch is not None and isinstance(value, self._torch.Tensor)
        return {"tensor" if is_tensor else "array": len(self.blobs) - 1}


def _pairs(value: Any) -> list[tuple[Any, Any]]:
    """By key: a class of the student's may say anything of its items."""
    return [(key, value[key]) for key in value]
