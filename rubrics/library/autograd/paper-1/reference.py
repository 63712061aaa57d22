"""The reference computations of paper 1."""

import torch

from rubrics.reference import Gradient, label


def q1() -> Gradient:
    """dy/dx of question 1, at the point that the paper gives."""
    return Gradient(of=y, at={"x": torch.tensor([0.1, 0, 0.2, 1.0])}, wrt="x")


def y(x: torch.Tensor) -> torch.Tensor:
    """The computation of the paper, from `x` of shape (4,) to a scalar."""
    a = label(x + torch.tensor([1.0, 1.4, 1.0, 2.0]), "the base `a`")
    exponent = label(4 * x, "the exponent `4*x`")
    b = label(a**exponent, "the power `b`")
    c = label((b + 3) * 5, "`c = (b + 3) * 5`")
    return c.mean()
