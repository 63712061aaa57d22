"""Slips in the gradient c·a·(s + z·s·(1 - s)), with z = a·x and s = sigmoid(z)."""

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _parts(i: Inputs) -> tuple[Tensor, Tensor, Tensor]:
    z = i["a"] * i["x"]
    return z, torch.sigmoid(z), i["c"] * i["a"]


def right(i: Inputs) -> Tensor:
    z, s, ca = _parts(i)
    return ca * (s + z * s * (1 - s))


def _sigmoid_constant(i: Inputs) -> Tensor:
    _, s, ca = _parts(i)
    return ca * s


def _factor_constant(i: Inputs) -> Tensor:
    z, s, ca = _parts(i)
    return ca * z * s * (1 - s)


def _no_inner(i: Inputs) -> Tensor:
    z, s, _ = _parts(i)
    return i["c"] * (s + z * s * (1 - s))


def _no_c(i: Inputs) -> Tensor:
    z, s, _ = _parts(i)
    return i["a"] * (s + z * s * (1 - s))


def _as_sigmoid(i: Inputs) -> Tensor:
    _, s, ca = _parts(i)
    return ca * s * (1 - s)


def _slope_at_x(i: Inputs) -> Tensor:
    s = torch.sigmoid(i["x"])
    return i["c"] * i["a"] * (s + i["x"] * s * (1 - s))


def _subtracted(i: Inputs) -> Tensor:
    z, s, ca = _parts(i)
    return ca * (s - z * s * (1 - s))


CASES = (
    Case(
        id="swish/sigmoid_constant",
        wrong=_sigmoid_constant,
        cause="Held the sigmoid constant in the product rule.",
        kind="dropped_path",
        where=("sigmoid", "Swish"),
    ),
    Case(
        id="swish/factor_constant",
        wrong=_factor_constant,
        cause="Differentiated the sigmoid and held the factor z constant.",
        kind="dropped_path",
        where=("z", "Swish"),
    ),
    Case(
        id="swish/not_differentiated",
        wrong=lambda i: i["c"] * i["a"],
        cause="Left out the derivative of the activation.",
        kind="missing_local_derivative",
        where=("Swish",),
    ),
    Case(
        id="swish/no_inner",
        wrong=_no_inner,
        cause="Left out the inner derivative a.",
        kind="missing_local_derivative",
        where=("a * x", "a"),
    ),
    Case(
        id="swish/no_c",
        wrong=_no_c,
        cause="Left out the factor c.",
        kind="missing_local_derivative",
        where=("c * out", "c"),
    ),
    Case(
        id="swish/no_inner_and_sign",
        wrong=lambda i: -_no_inner(i),
        cause="Left out the inner derivative a, and turned the sign.",
        kind="pair",
        where=("a * x", "a"),
        slips=("missing_local_derivative", "sign"),
    ),
    Case(
        id="swish/as_sigmoid",
        wrong=_as_sigmoid,
        cause="Used the derivative of the plain sigmoid.",
        kind="outside",
        where=("Swish", "sigmoid"),
    ),
    Case(
        id="swish/slope_at_x",
        wrong=_slope_at_x,
        cause="Took the activation's derivative at x in place of a·x.",
        kind="outside",
        where=("Swish", "a * x"),
    ),
    Case(
        id="swish/subtracted",
        wrong=_subtracted,
        cause="Subtracted the second term of the product rule.",
        kind="outside",
        where=("Swish", "sigmoid"),
    ),
)
