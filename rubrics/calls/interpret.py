"""Carry out the steps of one call. The same code runs beside a student's file and, in the judge,
on the author's reference: so both are asked for exactly the same.

An argument is a tree: JSON, in which an object with one key stands for what JSON lacks:
{"step": 3} an earlier result, {"input": "x"} an input, {"tuple": […]}, {"dict": [[key, value], …]},
{"special": "nan"}, {"dtype": "float32"}, {"slice": [a, b, c]}, {"ellipsis": true}.
"""

import builtins
import operator
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

Lookup = Callable[[str], Any]


class Undefined(Exception):
    """The student's file defines no such name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the file defines no '{name}'")
        self.name = name


class Scene:
    """What steps are carried out in: where names are found, fresh inputs, results so far."""

    def __init__(self, student: Lookup, make: Lookup, torch: Any) -> None:
        """`student` raises Undefined for a name that is not there; `make` builds one input."""
        self._roots: Mapping[str, Lookup] = {
            "student": student,
            "torch": lambda name: getattr(torch, name),
            "operator": lambda name: getattr(operator, name),
            "builtins": lambda name: getattr(builtins, name),
        }
        self._torch, self._make = torch, make
        self._inputs: dict[str, Any] = {}
        self.results: list[Any] = []

    def run(self, steps: list[dict[str, Any]]) -> None:
        """Carry out all steps. Whatever one raises comes out; earlier results stay."""
        for step in steps:
            self.results.append(self._step(step))

    def _step(self, step: dict[str, Any]) -> Any:
        op = step["op"]
        if op == "name":
            return self._roots[step["root"]](step["name"])
        if op == "get":
            return getattr(self.results[step["of"]], step["name"])
        if op == "call":
            args = [self.value(one) for one in step["args"]]
            kwargs = {name: self.value(one) for name, one in step["kwargs"].items()}
            return self.results[step["of"]](*args, **kwargs)
        left, right = self.value(step["left"]), self.value(step["right"])
        return left is right if op == "same" else self._share(left, right)

    def value(self, tree: Any) -> Any:
        """The object that a tree stands for. Raises IndexError for a step not carried out."""
        if isinstance(tree, list):
            return [self.value(one) for one in tree]
        if not isinstance(tree, dict):
            return tree
        ((kind, content),) = tree.items()
        return self._KINDS[kind](self, content)

    _KINDS: ClassVar[dict[str, Callable[["Scene", Any], Any]]] = {
        "step": lambda self, at: self.results[at],
        "input": lambda self, name: self._input(name),
        "tuple": lambda self, parts: tuple(self.value(one) for one in parts),
        "dict": lambda self, pairs: {self.value(key): self.value(one) for key, one in pairs},
        "special": lambda _self, text: float(text),
        "dtype": lambda self, name: getattr(self._torch, name),
        "slice": lambda self, parts: slice(*[self.value(one) for one in parts]),
        "ellipsis": lambda _self, _content: ...,
    }

    def _input(self, name: str) -> Any:
        if name not in self._inputs:
            self._inputs[name] = self._make(name)
        return self._inputs[name]

    def _share(self, left: Any, right: Any) -> bool:
        rights = list(self._places(right))
        return any(
            start < other_end and other < end
            for start, end in self._places(left)
            for other, other_end in rights
        )

    def _places(self, value: Any) -> Iterator[tuple[int, int]]:
        """Where the memory of all tensors and arrays in a value begins and ends."""
        numpy = sys.modules.get("numpy")
        if isinstance(value, self._torch.Tensor):
            storage = value.untyped_storage()
            yield storage.data_ptr(), storage.data_ptr() + storage.nbytes()
        elif numpy is not None and isinstance(value, numpy.ndarray):
            yield _bounds(value)
        elif isinstance(value, dict | list | tuple):
            for one in value.values() if isinstance(value, dict) else value:
                yield from self._places(one)


def _bounds(array: Any) -> tuple[int, int]:
    """The first byte of an array's elements, and the one after the last."""
    start = array.__array_interface__["data"][0]
    if not array.size:
        return start, start
    spans = [(side - 1) * step for side, step in zip(array.shape, array.strides, strict=True)]
    low = sum(min(span, 0) for span in spans)
    return start + low, start + sum(max(span, 0) for span in spans) + array.itemsize


def build(record: dict[str, Any], data: bytes, torch: Any) -> Any:
    """A fresh tensor or array from its dtype, shape, strides and row-major bytes."""
    dtype, shape = getattr(torch, record["dtype"]), tuple(record["shape"])
    plain = torch.empty(shape, dtype=dtype)
    if data:
        plain = torch.frombuffer(bytearray(data), dtype=dtype).reshape(shape)
    if record["array"]:
        return plain.numpy()
    if record["strides"] is not None:
        plain = lay_out(plain, tuple(record["strides"]), torch)
    return plain.requires_grad_() if record["requires_grad"] else plain


def lay_out(plain: Any, strides: tuple[int, ...], torch: Any) -> Any:
    """The same values at other strides (in elements; 0 repeats the first along that side)."""
    if not plain.numel():
        return plain.as_strided(plain.shape, strides)
    kept = [1 if step == 0 else side for side, step in zip(plain.shape, strides, strict=True)]
    size = 1 + sum((side - 1) * step for side, step in zip(kept, strides, strict=True))
    memory = torch.zeros(size, dtype=plain.dtype)
    memory.as_strided(kept, strides).copy_(plain[tuple(slice(0, side) for side in kept)])
    return memory.as_strided(plain.shape, strides)
