"""An author's function as something that has one gradient: its results made into one number."""

import functools
from collections.abc import Iterator, Sequence
from typing import Any

import torch

from rubrics.reference import Gradient, label
from rubrics.reference.cases import Case
from rubrics.reference.gradient import default_dtype

RESULT = "the result"
"""What explanations call it; of several, `item 2 of the result`."""


class Whole:
    """The results of the author's function as one number, by the tensors among its arguments.

    With `fed`, the sum of all results that depend on the arguments, each weighted by what was fed
    into it; without, the sum of the components of the only one.
    """

    def __init__(
        self, function: Any, names: list[str], case: Case, fed: Sequence[torch.Tensor] | None
    ) -> None:
        self._function, self._fed = function, fed
        self._args = dict(zip(names, case.args, strict=True))
        self._kwargs = dict(case.kwargs)
        self._which: list[int] = []
        both = self._args | self._kwargs
        self.tensors = {name: one for name, one in both.items() if isinstance(one, torch.Tensor)}

    def look(self, by: list[str]) -> None:
        """See which results depend on the arguments `by`: those that something was fed into."""
        with default_dtype(torch.float64):
            given = Gradient(self, self.tensors, by[0]).inputs(torch.float64)
            for name in by:
                given[name].requires_grad_()
            found = list(_tensors(self._results(given)))
        self._which = [at for at, one in enumerate(found) if one.requires_grad]

    def __call__(self, **given: torch.Tensor) -> torch.Tensor:
        """The number. Raises ValueError if it is not known into which result to feed."""
        every = list(_tensors(self._results(given)))
        parts = [every[at] for at in self._which]
        if self._fed is None:
            if len(parts) != 1:
                raise ValueError(f"{len(parts)} results depend on the arguments, not one")
            part = parts[0]
            return part if part.numel() == 1 else label(part, RESULT).sum()
        triples = zip(self._which, parts, self._fed, strict=True)
        return functools.reduce(torch.add, (self._weighted(*three) for three in triples))

    def _weighted(self, at: int, part: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        name = RESULT if len(self._which) == 1 else f"item {at + 1} of {RESULT}"
        return label(part * weight.to(torch.float64), name).sum()

    def _results(self, given: dict[str, torch.Tensor]) -> Any:
        args = [given.get(name, one) for name, one in self._args.items()]
        named = {name: given.get(name, one) for name, one in self._kwargs.items()}
        return self._function(*args, **named)


def _tensors(value: Any) -> Iterator[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, dict):
        yield from _tensors(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _tensors(one)


def operations(gradient: Gradient, most: int) -> int:
    """How many there are in the graph, counted little further than to `most`."""
    with default_dtype(torch.float64):
        result = gradient.of(**gradient.inputs(torch.float64))
    seen: set[Any] = set()
    waiting = [result.grad_fn]
    while waiting and len(seen) <= most:
        function = waiting.pop()
        if function is not None and function not in seen:
            seen.add(function)
            waiting += [child for child, _ in function.next_functions]
    return len(seen)
