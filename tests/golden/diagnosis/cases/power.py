"""Slips in the derivative of ((x + shift)^(2x) + 1)·3, averaged over four components."""

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _parts(i: Inputs) -> tuple[Tensor, Tensor, Tensor]:
    a = i["x"] + i["shift"]
    n = 2 * i["x"]
    return a, n, a**n


def right(i: Inputs) -> Tensor:
    a, n, b = _parts(i)
    return 3 / 4 * b * (2 * a.log() + n / a)


def _exponent_constant(i: Inputs) -> Tensor:
    a, n, _ = _parts(i)
    return 3 / 4 * n * a ** (n - 1)


def _base_constant(i: Inputs) -> Tensor:
    a, _, b = _parts(i)
    return 3 / 4 * 2 * b * a.log()


def _exponent_not_differentiated(i: Inputs) -> Tensor:
    a, n, b = _parts(i)
    return 3 / 4 * b * (a.log() + n / a)


def _base_two_logarithm(i: Inputs) -> Tensor:
    a, n, b = _parts(i)
    return 3 / 4 * b * (2 * a.log2() + n / a)


def _exponent_not_lowered(i: Inputs) -> Tensor:
    _, n, b = _parts(i)
    return 3 / 4 * n * b


def _misread_input(i: Inputs) -> Tensor:
    misread = i["x"] + torch.tensor([0.5, 0.0, 0.0, 0.0], dtype=i["x"].dtype)
    return right({**i, "x": misread})


def _neighbour(i: Inputs) -> Tensor:
    theirs = torch.tensor([0.2, 0.4, 0.6, 0.1], dtype=i["x"].dtype)
    return right({**i, "x": theirs})


CASES = (
    Case(
        id="power/exponent_constant",
        wrong=_exponent_constant,
        cause="Used n·a^(n-1) and held the exponent constant.",
        kind="dropped_path",
        where=("2 * x", "exponent", "**"),
    ),
    Case(
        id="power/base_constant",
        wrong=_base_constant,
        cause="Used a^n·ln a·n' and held the base constant.",
        kind="dropped_path",
        where=("x + shift", "base", "a"),
    ),
    Case(
        id="power/sum_for_mean",
        wrong=lambda i: 4 * right(i),
        cause="Took the sum where the mean was asked for, so the factor 1/4 is missing.",
        kind="scale",
        where=("mean",),
    ),
    Case(
        id="power/factor_three",
        wrong=lambda i: right(i) / 3,
        cause="Left out the factor 3 of the last line.",
        kind="missing_local_derivative",
        where=("(b + 1) * 3", "* 3", "c"),
    ),
    Case(
        id="power/exponent_not_differentiated",
        wrong=_exponent_not_differentiated,
        cause="Forgot the inner derivative 2 of the exponent 2x.",
        kind="missing_local_derivative",
        where=("2 * x",),
    ),
    Case(
        id="power/gave_b",
        wrong=lambda i: _parts(i)[2],
        cause="Handed in the value of b in place of the gradient.",
        kind="intermediate",
        where=("b", "a ** (2 * x)", "**"),
    ),
    Case(
        id="power/one_decimal",
        wrong=lambda i: right(i).round(decimals=1),
        cause="Rounded the right gradient to one decimal.",
        kind="rounded",
    ),
    Case(
        id="power/exponent_constant_and_sum",
        wrong=lambda i: 4 * _exponent_constant(i),
        cause="Held the exponent constant, and took the sum for the mean.",
        kind="pair",
        where=("2 * x", "exponent", "**", "mean"),
        slips=("dropped_path", "scale"),
    ),
    Case(
        id="power/log2",
        wrong=_base_two_logarithm,
        cause="Used the logarithm to base 2 where the natural one belongs.",
        kind="outside",
        where=("log",),
    ),
    Case(
        id="power/exponent_not_lowered",
        wrong=_exponent_not_lowered,
        cause="Wrote d(a^n)/da = n·a^n, and held the exponent constant.",
        kind="outside",
    ),
    Case(
        id="power/misread_input",
        wrong=_misread_input,
        cause="Read 0.3 as 0.8 in the first component and was right from there on.",
        kind="outside",
        where=("x",),
    ),
    Case(
        id="power/neighbour",
        wrong=_neighbour,
        cause="Copied from a neighbour whose sheet has another x.",
        kind="outside",
    ),
)
