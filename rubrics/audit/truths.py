"""What is right, as one judge worked it out and another is to be held to it.

Numbers travel as raw bytes, in the order in which they stand in the result; its structure does not,
since the other judge has the same from the author's own file.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import torch

from rubrics.calls.decode import tensor_of
from rubrics.findings import Truth
from rubrics.job import TensorValue
from rubrics.reference.record import as_value

MOST = 32 << 20
"""Bytes of one check. Beyond, each judge compares with what it worked out itself."""


def packed(place: str, results: Sequence[Any]) -> Truth | None:
    """The numbers of all results; None where they are too many, or cannot be sent."""
    found: list[TensorValue] = []
    size = 0
    try:
        for leaf in _leaves(list(results)):
            size += leaf.numel() * leaf.element_size()
            if size > MOST:
                return None
            found.append(as_value(leaf))
    except (RuntimeError, TypeError, NotImplementedError):  # sparse, quantised, of odd dtypes
        return None
    return Truth(place=place, numbers=tuple(found))


def unpacked(truth: Truth, results: Sequence[Any]) -> list[Any]:
    """The same results with the numbers of `truth`. Raises ValueError if they do not fit."""
    numbers = iter([tensor_of(one) for one in truth.numbers])
    filled = [_filled(one, numbers) for one in results]
    if next(numbers, None) is not None:
        raise ValueError("more numbers than places")
    return filled


def _leaves(value: Any) -> Iterator[torch.Tensor]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from _leaves(one)
    elif (leaf := _leaf(value)) is not None:
        yield leaf


def _leaf(value: Any) -> torch.Tensor | None:
    if isinstance(value, torch.Tensor):
        return value.detach()
    if type(value).__module__ == "numpy":
        return torch.as_tensor(value)
    if isinstance(value, complex):
        return torch.tensor(value, dtype=torch.complex128)
    return torch.tensor(value, dtype=torch.float64) if isinstance(value, float) else None


def _filled(value: Any, numbers: Iterator[torch.Tensor]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(one, numbers) for key, one in value.items()}
    if isinstance(value, list | tuple):
        filled = [_filled(one, numbers) for one in value]
        return filled if isinstance(value, list) else tuple(filled)
    own = _leaf(value)
    if own is None:
        return value
    found = next(numbers, None)
    if found is None or found.shape != own.shape or found.dtype != own.dtype:
        raise ValueError("other numbers than places")
    if isinstance(value, torch.Tensor):
        return found
    if type(value).__module__ == "numpy":
        return found.numpy() if found.dim() else type(value)(found.item())
    return found.item()
