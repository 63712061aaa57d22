"""What sort of value a result is, in words, and as a tensor where it can be one."""

import math
from typing import Any

import torch

from rubrics.calls.decode import Pairs
from rubrics.checks.hidden import FLOATING


def kind(value: Any) -> str:
    """What a student would call the kind of a value."""
    if isinstance(value, torch.Tensor):
        return f"a {value.dim()}-d tensor"
    if is_array(value):
        return "a numpy array"
    if value is None:
        return "None"
    names = {Pairs: "a dict", dict: "a dict", int: "an int", complex: "a complex number"}
    names[torch.dtype] = "a dtype"
    found = next((name for one, name in names.items() if type(value) is one), None)
    return found or f"a {'tuple' if isinstance(value, tuple) else type(value).__name__}"


def base(plain: Any) -> type:
    """The type that a strict comparison asks for: a Parameter is a tensor there."""
    return torch.Tensor if isinstance(plain, torch.Tensor) else type(plain)


def is_array(value: Any) -> bool:
    """Whether it is a tensor, or numpy's array or scalar."""
    return isinstance(value, torch.Tensor) or type(value).__module__ == "numpy"


def is_number(value: Any) -> bool:
    """Whether it stands for one real number; a bool does not."""
    if is_array(value):
        return tensor_of(value).numel() == 1 and not tensor_of(value).is_complex()
    return isinstance(value, int | float) and not isinstance(value, bool)


def tensor_of(value: Any) -> torch.Tensor:
    """An array as a tensor of its shape and dtype, without a graph."""
    return value.detach() if isinstance(value, torch.Tensor) else torch.as_tensor(value)


def dtype_name(tensor: torch.Tensor) -> str:
    """Such as `float32`."""
    return str(tensor.dtype).removeprefix("torch.")


def as_float(number: float) -> float:
    """The number as a float; of an integer beyond all floats, infinity."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def zero_d(given: Any, dtype: torch.dtype) -> Any:
    """A Python number as the 0-d tensor it may stand for, if that dtype holds it; else itself."""
    if isinstance(given, bool):
        return torch.tensor(given) if dtype == torch.bool else given
    if not isinstance(given, int | float) or dtype == torch.bool:
        return given
    if dtype in FLOATING or dtype.is_complex:
        return torch.tensor(as_float(given), dtype=dtype)
    bounds = torch.iinfo(dtype)
    held = isinstance(given, int) and bounds.min <= given <= bounds.max
    return torch.tensor(given, dtype=dtype) if held else given
