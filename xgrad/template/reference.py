"""The reference computations: what is right, in each student's own values."""

from collections.abc import Iterator

import torch

from rubrics.reference import Case, Draw, Gradient, case, label
from rubrics.variants import Params


def gradient(params: Params) -> Gradient:
    """dy/dx of the first question. Labels are how students read of a step in explanations."""

    def y(x: torch.Tensor) -> torch.Tensor:
        square = label(x**2, "the square")
        growth = label(x.exp(), "the exponential")
        return (square * growth).sum()

    return Gradient(of=y, at={"x": torch.tensor(params.x)}, wrt="x")


def gradient_formula(params: Params) -> torch.Tensor:
    """The same by a formula: `xgrad check` holds the tolerance against it."""
    x = torch.tensor(params.x)
    return (2 * x + x**2) * x.exp()


def softplus(x: torch.Tensor) -> torch.Tensor:
    """log(1 + exp(x)) without overflow."""
    return x.clamp(min=0) + torch.log1p(torch.exp(-x.abs()))


def softplus_cases(draw: Draw) -> Iterator[Case]:
    """Edge cases first, then inputs drawn anew."""
    yield case(torch.zeros(0)).named("an empty tensor")
    yield case(torch.tensor([200.0, -200.0, 0.0])).named("entries that overflow")
    yield case(draw.normal(3, dtype=torch.float64)).named("float64")
    for _ in range(5):
        yield case(3 * draw.normal(2, draw.integer(1, 5)))
