"""From a shipped tree back to Python values: exact plain types, rebuilt from raw bytes.

A tree is JSON; an object with one key stands for what JSON lacks: {"tensor": 0} and {"array": 0}
by their place among the call's tensors, {"tuple": […]}, {"dict": [[key, value], …]},
{"special": "nan"}, {"complex": [re, im]}, {"dtype": "float32"}, {"missing": [reason, detail]}.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from rubrics.job import TensorValue


@dataclass(frozen=True)
class Unread:
    """A part of a result that could not be shipped, and why."""

    reason: str
    detail: str


def decode(text: str, tensors: Sequence[TensorValue]) -> Any:
    """The value of a tree. Numpy arrays come back as numpy arrays, the rest as what it was."""
    return _value(json.loads(text), tensors)


def _value(tree: Any, tensors: Sequence[TensorValue]) -> Any:
    if isinstance(tree, list):
        return [_value(one, tensors) for one in tree]
    if not isinstance(tree, dict):
        return tree
    ((kind, content),) = tree.items()
    if kind in ("tensor", "array"):
        found = tensor_of(tensors[content])
        return found if kind == "tensor" else _array(found)
    if kind == "tuple":
        return tuple(_value(one, tensors) for one in content)
    if kind == "dict":
        return Pairs([(_value(key, tensors), _value(one, tensors)) for key, one in content])
    return _leaf(kind, content)


def _array(found: torch.Tensor) -> Any:
    if found.dtype == torch.bfloat16:
        return Unread("unsupported", "numpy has no bfloat16")
    return found.numpy()


def _leaf(kind: str, content: Any) -> Any:
    if kind == "special":
        return float(content)
    if kind == "complex":
        return complex(*[_value(one, ()) for one in content])
    if kind == "dtype":
        found = getattr(torch, content, None)
        return found if isinstance(found, torch.dtype) else Unread("unsupported", content)
    return Unread(str(content[0]), str(content[1])[:300])


@dataclass(frozen=True)
class Pairs:
    """A dict as its pairs: a hostile key need not be hashable."""

    items: list[tuple[Any, Any]]


def tensor_of(value: TensorValue) -> torch.Tensor:
    """A tensor of its own memory. Raises ValueError if the bytes do not fit the shape."""
    dtype = getattr(torch, value.dtype)
    if len(value.data) != math.prod(value.shape) * dtype.itemsize:
        raise ValueError("the bytes do not fit the shape")
    if not value.data:
        return torch.empty(value.shape, dtype=dtype)
    return torch.frombuffer(bytearray(value.data), dtype=dtype).reshape(value.shape)
