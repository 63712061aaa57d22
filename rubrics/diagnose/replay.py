"""The reference's autograd graph, kept, and run backwards with one thing wrong.

Hooks on the graph's nodes change what flows along one edge; the forward pass is run once.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from torch.autograd.graph import Node as Function

from rubrics.diagnose.steps import Step

Change = Callable[[torch.Tensor, torch.Tensor | None], torch.Tensor | None]
"""(what flows along the edge, what came into its operation) → what shall flow, or None."""


@dataclass(frozen=True)
class Edge:
    """The path from `below` (a step, or an input by name) into the operation `above`.

    `depth` counts operations from the result.
    """

    function: Function
    index: int
    above: Step
    below: Step | str
    depth: int

    @property
    def inputs(self) -> int:
        """How many inputs of the operation depend on something that may be differentiated by."""
        return sum(child is not None for child, _ in self.function.next_functions)


@dataclass(frozen=True)
class Value:
    """An intermediate value and the step that made it."""

    step: Step
    tensor: torch.Tensor


@dataclass
class Replay:
    """One forward pass of a reference in float64, with its graph retained.

    `leaf` is the input to differentiate by, called `name`; `steps` says which words belong to
    which node of the graph; `values` holds the intermediates.
    """

    result: torch.Tensor
    leaf: torch.Tensor
    name: str
    steps: dict[Function, Step] = field(default_factory=dict)
    values: list[Value] = field(default_factory=list)

    def gradient(self) -> torch.Tensor:
        """The gradient as it is, or as the change that is in force makes it."""
        return self.by(self.leaf)

    def by(self, tensor: torch.Tensor) -> torch.Tensor:
        """The gradient by any tensor of the graph; zeros where nothing arrives."""
        (found,) = torch.autograd.grad(
            self.result, tensor, retain_graph=True, allow_unused=True, materialize_grads=True
        )
        return found.detach()

    def edges(self) -> list[Edge]:
        """Every edge on the way from the result to the leaf, nearest to the result first."""
        fused = self._fused()
        found: list[Edge] = []
        queue = [(self.result.grad_fn, 0)] if self.result.grad_fn else []
        seen = {function for function, _ in queue}
        for function, depth in queue:
            for index, (child, _) in enumerate(function.next_functions):
                if child is None:
                    continue
                above = self.step(function)
                above = replace(above, fused=above.source in fused)
                found.append(Edge(function, index, above, self._below(child), depth))
                if child not in seen:
                    seen.add(child)
                    queue.append((child, depth + 1))
        return found

    def in_view(self) -> list[Value]:
        """Values that the author's code has names for: of a fused operation its result only."""
        last = {value.step.source: value for value in self.values}
        return [one for one in self.values if one.step.label or last[one.step.source] is one]

    def step(self, function: Function) -> Step:
        """The words for a node; torch's name for it where no words are known."""
        known = self.steps.get(function)
        return known or Step(op=function.name().removesuffix("0").removesuffix("Backward").lower())

    def _fused(self) -> set[str]:
        """Expressions that stand for several operations: a softmax, a call of a module."""
        ops: dict[str, set[str]] = {}
        for step in self.steps.values():
            if step.source is not None:
                ops.setdefault(step.source, set()).add(step.op)
        return {source for source, kinds in ops.items() if len(kinds) > 1}

    def _below(self, function: Function) -> Step | str:
        return self.name if hasattr(function, "variable") else self.step(function)


@contextmanager
def changed(edges: Iterable[Edge], change: Change) -> Iterator[None]:
    """While inside, `change` decides what flows along each of the edges."""
    with ExitStack() as stack:
        for edge in edges:
            stack.enter_context(_hooked(edge, change))
        yield


@contextmanager
def _hooked(edge: Edge, change: Change) -> Iterator[None]:
    def hook(inputs: Any, outputs: Any) -> Any:
        inputs = list(inputs)
        if inputs[edge.index] is None:
            return None
        came = outputs[0] if len(outputs) == 1 else None
        flows = change(inputs[edge.index], came)
        if flows is None:
            return None
        inputs[edge.index] = flows
        return tuple(inputs)

    handle = edge.function.register_hook(hook)
    try:
        yield
    finally:
        handle.remove()
