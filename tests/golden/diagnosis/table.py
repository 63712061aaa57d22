"""The table: every reference with its right gradient and its wrong ones, listed by name."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs
from tests.golden.diagnosis.digits import Digits

NAMES = (
    "power",
    "softmax_regression",
    "log_softmax",
    "layer_norm",
    "batch_norm",
    "attention",
    "self_attention",
    "rnn",
    "conv1d",
    "conv2d",
    "bias_broadcast",
    "inplace",
    "linear_regression",
    "max_ties",
    "logsumexp",
    "inverse",
    "singular_values",
    "mlp",
    "product",
    "cosine",
    "swish",
    "straight_through",
    "neuron",
    "exponent",
)

# A straight-through backward is not the derivative of its forward, so differences cannot check it.
NOT_THE_DERIVATIVE = frozenset({"straight_through"})


class _GraphModule(Protocol):
    """What a module of `graphs` holds."""

    @property
    def TITLE(self) -> str: ...
    @property
    def WRT(self) -> str: ...
    @property
    def DIGITS(self) -> Digits: ...
    @property
    def inputs(self) -> Callable[[torch.dtype], Inputs]: ...
    @property
    def reference(self) -> Callable[..., Tensor]: ...


class _CasesModule(Protocol):
    """What a module of `cases` holds."""

    @property
    def right(self) -> Callable[[Inputs], Tensor]: ...
    @property
    def CASES(self) -> tuple[Case, ...]: ...


@dataclass(frozen=True)
class Graph:
    """One reference, the input it is differentiated for, and what is known of its gradient."""

    name: str
    title: str
    wrt: str
    digits: Digits
    inputs: Callable[[torch.dtype], Inputs]
    reference: Callable[..., Tensor]
    by_hand: Callable[[Inputs], Tensor]
    cases: tuple[Case, ...]

    def right(self) -> Tensor:
        """The right gradient, derived by hand, unrounded float64."""
        return self.by_hand(self.inputs(torch.float64))

    def answer(self, case: Case) -> Tensor:
        """The wrong gradient of `case` as the student types it: float64, rounded to the digits."""
        return self.digits.typed(case.wrong(self.inputs(torch.float64)))


def _graph(name: str) -> Graph:
    source = cast(_GraphModule, import_module(f"tests.golden.diagnosis.graphs.{name}"))
    known = cast(_CasesModule, import_module(f"tests.golden.diagnosis.cases.{name}"))
    return Graph(
        name=name,
        title=source.TITLE,
        wrt=source.WRT,
        digits=source.DIGITS,
        inputs=source.inputs,
        reference=source.reference,
        by_hand=known.right,
        cases=known.CASES,
    )


GRAPHS: dict[str, Graph] = {name: _graph(name) for name in NAMES}
CASES: tuple[tuple[Graph, Case], ...] = tuple(
    (graph, case) for graph in GRAPHS.values() for case in graph.cases
)
