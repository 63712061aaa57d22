"""Slips with updates in place: y1..y3 are products of neighbours, y0 is y3 squared."""

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _gradient(i: Inputs, by_square: Tensor) -> Tensor:
    """The gradient, for what reaches y3 through y0."""
    x, w = i["x"], i["w"]
    third = w[3] + by_square
    return torch.stack(
        [w[1] * x[1], w[1] * x[0] + w[2] * x[2], w[2] * x[1] + third * x[3], third * x[2], w[4]]
    )


def _by_square(i: Inputs) -> Tensor:
    return i["w"][0] * 2 * i["x"][2] * i["x"][3]


def right(i: Inputs) -> Tensor:
    return _gradient(i, _by_square(i))


def _factors_constant(i: Inputs) -> Tensor:
    x, w = i["x"], i["w"]
    third = w[3] + _by_square(i)
    zero = torch.zeros_like(w[0])
    return torch.stack([zero, w[1] * x[0], w[2] * x[1], third * x[2], w[4]])


def _old_values_constant(i: Inputs) -> Tensor:
    x, w = i["x"], i["w"]
    third = w[3] + _by_square(i)
    zero = torch.zeros_like(w[0])
    return torch.stack([w[1] * x[1], w[2] * x[2], third * x[3], zero, w[4]])


def _no_w(i: Inputs) -> Tensor:
    return right({**i, "w": torch.ones_like(i["w"])})


def _overwritten_kept(i: Inputs) -> Tensor:
    first = torch.tensor([1.0, 0.0, 0.0, 0.0, 0.0], dtype=i["x"].dtype)
    return right(i) + i["w"][0] * first


def _product_ignored(i: Inputs) -> Tensor:
    x, w = i["x"], i["w"]
    by_square = w[0] * 2 * x[3]
    return torch.stack([torch.zeros_like(w[0]), w[1], w[2], w[3] + by_square, w[4]])


def _updated_one_by_one(i: Inputs) -> Tensor:
    """As if each product used the product before it: y1 = x1·x0, y2 = x2·y1, y3 = x3·y2."""
    x, w = i["x"], i["w"]
    y3 = x[3] * x[2] * x[1] * x[0]
    third = w[3] + w[0] * 2 * y3
    return torch.stack(
        [
            w[1] * x[1] + w[2] * x[2] * x[1] + third * x[3] * x[2] * x[1],
            w[1] * x[0] + w[2] * x[2] * x[0] + third * x[3] * x[2] * x[0],
            w[2] * x[1] * x[0] + third * x[3] * x[1] * x[0],
            third * x[2] * x[1] * x[0],
            w[4],
        ]
    )


CASES = (
    Case(
        id="inplace/factors_constant",
        wrong=_factors_constant,
        cause="Held the factors x[:3] of the update constant.",
        kind="dropped_path",
        where=("x[:3]", "y[1:4] *= x[:3]", "*="),
    ),
    Case(
        id="inplace/old_values_constant",
        wrong=_old_values_constant,
        cause="Held the old values of y[1:4] constant in the update.",
        kind="dropped_path",
        where=("y[1:4]", "y[1:4] *= x[:3]", "clone"),
    ),
    Case(
        id="inplace/overwrite_dropped",
        wrong=lambda i: _gradient(i, torch.zeros_like(i["w"][0])),
        cause="Forgot that y[0] is made from y[3].",
        kind="dropped_path",
        where=("y[0]", "y[3]", "top", "top ** 2", "**"),
    ),
    Case(
        id="inplace/square_not_differentiated",
        wrong=lambda i: _gradient(i, i["w"][0]),
        cause="Left out the derivative of the square.",
        kind="missing_local_derivative",
        where=("top ** 2", "**", "y[0]"),
    ),
    Case(
        id="inplace/square_without_two",
        wrong=lambda i: _gradient(i, _by_square(i) / 2),
        cause="Wrote the derivative of the square without its factor two.",
        kind="scale",
        where=("top ** 2", "**", "y[0]"),
    ),
    Case(
        id="inplace/no_w",
        wrong=_no_w,
        cause="Left out the factors w.",
        kind="missing_local_derivative",
        where=("w * y", "w"),
    ),
    Case(
        id="inplace/overwritten_kept",
        wrong=_overwritten_kept,
        cause="Still counted the value of y[0] that had been overwritten.",
        kind="outside",
        where=("y[0]",),
    ),
    Case(
        id="inplace/product_ignored",
        wrong=_product_ignored,
        cause="Overlooked the line that multiplies in place.",
        kind="outside",
        where=("y[1:4] *= x[:3]", "*="),
    ),
    Case(
        id="inplace/updated_one_by_one",
        wrong=_updated_one_by_one,
        cause="Read the update as a running product.",
        kind="outside",
        where=("y[1:4] *= x[:3]", "*="),
    ),
)
