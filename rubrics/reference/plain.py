"""Results that are no array of numbers: words, dicts, and lists that hold such or are ragged."""

from typing import Any

import torch


def is_plain(value: Any) -> bool:
    """Whether a reference's result is compared part by part, as a script's plain value is."""
    if isinstance(value, str | dict):
        return _of_leaves(value)
    return isinstance(value, list | tuple) and _of_leaves(value) and not _is_array(value)


def _of_leaves(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str | int) for key in value) and _of_leaves([*value.values()])
    if isinstance(value, list | tuple):
        return all(map(_of_leaves, value))
    return value is None or type(value) in (bool, int, float, complex, str)


def _is_array(value: Any) -> bool:
    try:
        torch.as_tensor(value)
    except (TypeError, ValueError, RuntimeError):
        return False
    return True
