"""The reference's computation as a list of elementary operations, each with its words."""

from itertools import islice
from typing import Any

import torch
from torch.func import functionalize
from torch.fx import GraphModule, Node
from torch.fx.experimental.proxy_tensor import get_proxy_mode, make_fx

from rubrics.diagnose import preload  # noqa: F401  before anything is traced
from rubrics.diagnose.decompositions import FUNCTIONS, table
from rubrics.diagnose.marks import mark_label
from rubrics.diagnose.steps import Step, Watch
from rubrics.reference.gradient import Gradient

_SOURCE = "author_source"


def trace(gradient: Gradient, in_place: bool = True) -> GraphModule:
    """Trace `gradient.of` at its point, in float64, in-place operations and fused ones undone.

    The graph module takes the inputs in the order of `gradient.at`. Without `in_place`, in-place
    operations are left as they are, and the forward of a custom Function can be looked into.
    """
    inputs = gradient.inputs(torch.float64)

    def positional(*values: torch.Tensor) -> torch.Tensor:
        with _Marker():
            return gradient.of(**dict(zip(inputs, values, strict=True)))

    function = functionalize(positional) if in_place else positional
    with torch.no_grad():
        traced = make_fx(function, decomposition_table=table())(
            *(value.detach() for value in inputs.values())
        )
    traced.graph.eliminate_dead_code()
    return traced


def step_of(node: Node) -> Step:
    """The words for one traced operation."""
    packet = getattr(node.target, "overloadpacket", None)
    return Step(op=packet.__name__ if packet else node.name, source=node.meta.get(_SOURCE))


class _Marker(Watch):
    """Writes the author's expression into every node that one of their calls has made."""

    def __init__(self) -> None:
        super().__init__(self._mark, mark_label, before=self._count, instead=FUNCTIONS)
        self._nodes = 0

    def _count(self) -> None:
        self._nodes = len(_graph().nodes)

    def _mark(self, _function: object, _inputs: Any, _result: Any, source: str | None) -> None:
        nodes = _graph().nodes
        for node in islice(reversed(nodes), len(nodes) - self._nodes):
            node.meta.setdefault(_SOURCE, source)


def _graph() -> torch.fx.Graph:
    mode = get_proxy_mode()
    if mode is None:
        raise RuntimeError("not tracing")
    return mode.tracer.graph
