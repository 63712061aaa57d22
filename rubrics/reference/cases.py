"""What an author's file says about hidden inputs: one case is one call, or one short program.

def softmax_cases(draw):
    yield case(torch.zeros(0, 3)).named("no rows at all")
    for _ in range(20):
        yield case(draw.normal(4, 3))
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import torch

Program = Callable[[Any, Any], Any]
"""From the student's file and torch, both as recorders, to what is to be compared."""


@dataclass(frozen=True)
class Made:
    """The arguments of a class, and the state its object is given."""

    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    state: Mapping[str, torch.Tensor] | None = None


@dataclass(frozen=True)
class Case:
    """One hidden case; the methods give a changed copy.

    Arguments are tensors, numpy arrays, numbers, strings, None, dtypes, slices, or lists, tuples
    and dicts of those.
    """

    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    made: Made | None = None
    after: str = ""
    asked: tuple[Any, ...] = ()
    targets: Any = None
    program: Program | None = None

    def named(self, title: str) -> "Case":
        """Say to students what is special about it; without a title its shapes are named."""
        return replace(self, title=title)

    def made_with(self, *args: Any, **kwargs: Any) -> "Case":
        """The name to call is a class: make an object of it with these arguments first."""
        return replace(self, made=Made(args, kwargs))

    def with_state(self, state: Mapping[str, torch.Tensor]) -> "Case":
        """Give the object this state (`load_state_dict`), so that its results can be compared."""
        made = self.made or Made((), {})
        return replace(self, made=replace(made, state=dict(state)))

    def method(self, name: str) -> "Case":
        """Call this method of the object instead of the object itself."""
        return replace(self, after=name)

    def asking(self, *inputs: Any, targets: Any = None) -> "Case":
        """Call what the call returned with `inputs`; `targets` never leave the judge."""
        return replace(self, asked=inputs, targets=targets)


def case(*args: Any, **kwargs: Any) -> Case:
    """A call with these arguments."""
    return Case(args, kwargs)


def program(do: Program, title: str = "") -> Case:
    """Several steps: `do(student, torch)` is recorded, so it may not look at values."""
    return Case(program=do, title=title)
