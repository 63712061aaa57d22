"""Record what an author's program does to a student's file, as steps that are only data."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import torch
from pydantic import JsonValue

from rubrics.job import Call, CallStep, FactStep, GetStep, Input, NameStep, Step, TensorValue
from rubrics.reference.gradient import AuthorError

LONGEST = 4000


class Recorder:
    """Records one call. `prefix` keeps its inputs apart from those of other calls; `kept` is for
    what whoever records wants to remember, and is not part of the call.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._steps: list[Step] = []
        self._names: dict[int, str] = {}
        self._kept: list[Any] = []
        self.inputs: dict[str, Input] = {}
        self.kept: dict[str, Any] = {}

    def name(self, dotted: str, root: str = "student") -> "Handle":
        """What a dotted name stands for, in the student's file or in `root`."""
        first, *rest = dotted.split(".")
        found = self.add(NameStep.model_validate({"root": root, "name": first}))
        for part in rest:
            found = getattr(found, part)
        return found

    def same(self, left: Any, right: Any) -> "Handle":
        """Whether two results or inputs are one object."""
        return self.add(FactStep(op="same", left=self.tree(left), right=self.tree(right)))

    def shares(self, left: Any, right: Any) -> "Handle":
        """Whether they have tensors that share memory."""
        return self.add(FactStep(op="shares", left=self.tree(left), right=self.tree(right)))

    def add(self, step: Step) -> "Handle":
        """Note one step; a handle on its result. Raises AuthorError when there are too many."""
        if len(self._steps) >= LONGEST:
            raise AuthorError(f"a program of more than {LONGEST} steps")
        self._steps.append(step)
        return Handle(self, len(self._steps) - 1)

    def call(self, name: str, group: str, ship: Mapping[str, Any]) -> Call:
        """The recorded call; `ship` names the results that are wanted."""
        trees = {key: self.tree(value) for key, value in ship.items()}
        return Call(name=name, group=group, steps=tuple(self._steps), ship=trees)

    def tree(self, value: Any) -> JsonValue:
        """A value as a tree. Raises AuthorError for what cannot be sent to the sandbox."""
        if isinstance(value, Handle):
            return {"step": object.__getattribute__(value, "_at")}
        if isinstance(value, float) and not math.isfinite(value):
            return {"special": str(value)}
        if value is None or type(value) in (bool, int, float, str):
            return value  # type: ignore[no-any-return]
        if isinstance(value, list):
            return [self.tree(one) for one in value]
        return self._node(value)

    def _node(self, value: Any) -> JsonValue:
        if isinstance(value, tuple):
            return {"tuple": [self.tree(one) for one in value]}
        if isinstance(value, Mapping):
            return {"dict": [[self.tree(key), self.tree(one)] for key, one in value.items()]}
        if isinstance(value, torch.dtype):
            return {"dtype": str(value).removeprefix("torch.")}
        if isinstance(value, slice):
            return {"slice": [self.tree(one) for one in (value.start, value.stop, value.step)]}
        if value is ...:
            return {"ellipsis": True}
        return {"input": self._input(value)}

    def _input(self, value: Any) -> str:
        if id(value) not in self._names:
            name = f"{self._prefix}:{len(self._names)}"
            self.inputs[name] = as_input(value)
            self._names[id(value)] = name
            self._kept.append(value)  # or its id might be given to another
        return self._names[id(value)]


class Names:
    """The student's file, or torch, as a program sees it: every attribute is a recorded name."""

    def __init__(self, recorder: Recorder, root: str) -> None:
        self._recorder, self._root = recorder, root

    def __getattr__(self, name: str) -> "Handle":
        return self._recorder.name(name, self._root)


class Handle:
    """A result that is not there yet. What is done with it is recorded, never looked at."""

    __slots__ = ("_at", "_recorder")

    def __init__(self, recorder: Recorder, at: int) -> None:
        object.__setattr__(self, "_recorder", recorder)
        object.__setattr__(self, "_at", at)

    def __getattr__(self, name: str) -> "Handle":
        return self._recorder.add(GetStep(of=self._at, name=name))

    def __setattr__(self, name: str, value: Any) -> None:
        self._recorder.name("setattr", "builtins")(self, name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> "Handle":
        recorder = self._recorder
        trees = tuple(recorder.tree(one) for one in args)
        named = {name: recorder.tree(one) for name, one in kwargs.items()}
        return recorder.add(CallStep(of=self._at, args=trees, kwargs=named))

    def __getitem__(self, key: Any) -> "Handle":
        return self._recorder.name("getitem", "operator")(self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._recorder.name("setitem", "operator")(self, key, value)

    def _looked_at(self, *_: Any) -> Any:
        raise AuthorError("a program may not look at values: it is recorded before any are there")

    __bool__ = __iter__ = __len__ = __float__ = __int__ = __contains__ = _looked_at


def _forward(name: str) -> Callable[[Handle, Any], Handle]:
    return lambda left, right: left._recorder.name(name, "operator")(left, right)


def _backward(name: str) -> Callable[[Handle, Any], Handle]:
    return lambda right, left: right._recorder.name(name, "operator")(left, right)


def _unary(name: str) -> Callable[[Handle], Handle]:
    return lambda value: value._recorder.name(name, "operator")(value)


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and_", "or_"):
    setattr(Handle, f"__{_name.rstrip('_')}__", _forward(_name))
    setattr(Handle, f"__r{_name.rstrip('_')}__", _backward(_name))
for _name in ("lt", "le", "gt", "ge"):
    setattr(Handle, f"__{_name}__", _forward(_name))
for _name in ("neg", "pos", "abs", "invert"):
    setattr(Handle, f"__{_name}__", _unary(_name))


def as_input(value: Any) -> Input:
    """A tensor or numpy array as an input. Raises AuthorError for anything else."""
    array = type(value).__module__ == "numpy"
    tensor = torch.as_tensor(value) if array else value
    if not isinstance(tensor, torch.Tensor) or tensor.layout != torch.strided:
        raise AuthorError(f"a {type(value).__name__} cannot be an argument of a case")
    dense = not array and not tensor.is_contiguous()
    return Input(
        tensor=as_value(tensor),
        strides=tuple(tensor.stride()) if dense else None,
        requires_grad=tensor.requires_grad,
        array=array,
    )


def as_value(tensor: torch.Tensor) -> TensorValue:
    """A tensor's dtype, shape and row-major bytes."""
    plain = tensor.detach().resolve_conj().resolve_neg().contiguous()
    # One element may have a stride other than 1, which `view` refuses.
    flat = plain.as_strided((plain.numel(),), (1,))
    data = bytes(flat.view(torch.uint8).numpy()) if plain.numel() else b""
    name = str(plain.dtype).removeprefix("torch.")
    return TensorValue(dtype=name, shape=tuple(plain.shape), data=data)
