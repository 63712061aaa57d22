"""What a call could change of its arguments."""

from collections.abc import Iterator
from typing import Any

import torch

from rubrics.reference.cases import Case
from rubrics.reference.gradient import AuthorError
from rubrics.reference.record import Recorder


def changeable(case: Case, cases: str) -> list[Any]:
    """Tensors, arrays, lists and dicts among the arguments, those in tuples too.

    Raises AuthorError if there are none, as in a `program`: any function would pass.
    """
    if case.program is not None:
        raise AuthorError(f"`{cases}` gives a program, whose arguments are not known: use `case`")
    found = [part for one in (*case.args, *case.kwargs.values()) for part in _parts(one)]
    if not found:
        raise AuthorError(f"a case of `{cases}` has no argument that a call could change")
    return found


def can_change(value: Any) -> bool:
    """Whether it is a tensor, an array, a list or a dict."""
    return isinstance(value, torch.Tensor | list | dict) or type(value).__module__ == "numpy"


def as_one_object(recorder: Recorder, value: Any) -> Any:
    """A list or dict as one object of the call's: written twice it would be two."""
    if isinstance(value, list | dict):
        return recorder.name("list" if isinstance(value, list) else "dict", "builtins")(value)
    return value


def _parts(value: Any) -> Iterator[Any]:
    if can_change(value):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _parts(one)


def holds_slice(value: Any) -> bool:
    """Whether a slice or `...` is in a list or dict: those reach a call, and never come back."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list | tuple):
        return any(map(holds_slice, value))
    return isinstance(value, slice) or value is ...
