"""The arguments by which a case is differentiated, and the results that depend on them."""

import inspect
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import torch

from rubrics.checks.hidden import FLOATING, Author, Recorder, play, try_out
from rubrics.reference.cases import Case
from rubrics.reference.draw import Draw
from rubrics.reference.gradient import AuthorError

Key = int | str


@dataclass(frozen=True)
class Leaves:
    """A case whose chosen arguments require grad: they, and their names for a student."""

    case: Case
    tensors: list[torch.Tensor]
    names: list[str]


def leaves(case: Case, wrt: tuple[Key, ...] | None, function: Any) -> Leaves:
    """Choose arguments by place or keyword, or all floating tensors. Raises AuthorError."""
    given: dict[Key, Any] = dict(enumerate(case.args)) | dict(case.kwargs)
    floating = (key for key, one in given.items() if _floats(one))
    keys = list(floating) if wrt is None else list(wrt)
    if case.program is not None or not keys or not all(_floats(given.get(key)) for key in keys):
        raise AuthorError("a gradient needs a plain call with a floating tensor to derive by")
    fresh = {key: given[key].detach().requires_grad_() for key in keys}
    changed = replace(
        case,
        args=tuple(fresh.get(at, one) for at, one in enumerate(case.args)),
        kwargs={name: fresh.get(name, one) for name, one in case.kwargs.items()},
    )
    return Leaves(changed, list(fresh.values()), [name_of(key, function) for key in keys])


def _floats(value: Any) -> bool:
    return isinstance(value, torch.Tensor) and value.dtype in FLOATING


def name_of(key: Key, function: Any) -> str:
    """What a student calls an argument: `x` in backticks, or its place."""
    if isinstance(key, str):
        return f"`{key}`"
    try:
        names = [one for one in inspect.signature(function).parameters if one != "ctx"]
    except (TypeError, ValueError):
        names = []
    return f"`{names[key]}`" if key < len(names) else f"argument {key + 1}"


@dataclass(frozen=True)
class Outputs:
    """The results that a gradient can be taken of, and the gradients that are fed into them."""

    handles: list[Any]
    fed: list[torch.Tensor]


def outputs(
    recorder: Recorder, target: str, ready: Leaves, author: Author, names: Mapping[str, str]
) -> tuple[Any, Outputs]:
    """Record the call; what it returns, and its differentiable parts as the reference has them."""
    result = play(recorder, target, ready.case)
    found = list(_parts(try_out(author, target, ready.case, names), result))
    if not found:
        raise AuthorError(f"the result of `{target}` does not depend on what to derive by")
    draw = Draw(zlib.crc32(repr([list(one.shape) for one in ready.tensors]).encode()))
    fed = [draw.normal(*one.shape, dtype=one.dtype) for one, _ in found]
    return result, Outputs([handle for _, handle in found], fed)


def _parts(value: Any, handle: Any) -> Iterator[tuple[torch.Tensor, Any]]:
    if isinstance(value, torch.Tensor) and value.requires_grad:
        yield value, handle
    if isinstance(value, list | tuple):
        for at, one in enumerate(value):
            yield from _parts(one, handle[at])
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _parts(one, handle[key])
