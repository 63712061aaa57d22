"""Slips in the gradient of least squares, 2/4 times the features transposed times r."""

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _residual(i: Inputs) -> Tensor:
    return i["features"] @ i["w"] - i["t"]


def right(i: Inputs) -> Tensor:
    return 2 / 4 * i["features"].T @ _residual(i)


def _square_not_differentiated(i: Inputs) -> Tensor:
    return i["features"].sum(dim=0) / 4


def _target_forgotten(i: Inputs) -> Tensor:
    return 2 / 4 * i["features"].T @ (i["features"] @ i["w"])


def _last_example_left_out(i: Inputs) -> Tensor:
    return 2 / 3 * i["features"][:3].T @ _residual(i)[:3]


def _misread_target(i: Inputs) -> Tensor:
    misread = torch.tensor([1.3, -0.25, 0.7, 1.3], dtype=i["t"].dtype)
    return right({**i, "t": misread})


def _digits_in_wrong_order(i: Inputs) -> Tensor:
    """The second number is -1.5111 and was typed -1.1511."""
    return right(i) + torch.tensor([0.0, 0.36, 0.0], dtype=i["w"].dtype)


CASES = (
    Case(
        id="linear_regression/sum_for_mean",
        wrong=lambda i: 2 * i["features"].T @ _residual(i),
        cause="Took the sum where the mean was asked for.",
        kind="scale",
        where=("mean",),
    ),
    Case(
        id="linear_regression/no_two",
        wrong=lambda i: i["features"].T @ _residual(i) / 4,
        cause="Wrote the derivative of the square without its factor two.",
        kind="scale",
        where=("r**2", "**", "r ** 2"),
    ),
    Case(
        id="linear_regression/accumulated",
        wrong=lambda i: right(i) + right(i),
        cause="Ran backward twice without setting the gradient to zero.",
        kind="scale",
        where=("zero", "twice", "accumul"),
    ),
    Case(
        id="linear_regression/sign",
        wrong=lambda i: 2 / 4 * i["features"].T @ (-_residual(i)),
        cause="Took t - o for o - t.",
        kind="sign",
        where=("o - t",),
    ),
    Case(
        id="linear_regression/square_not_differentiated",
        wrong=_square_not_differentiated,
        cause="Left out the derivative of the square.",
        kind="missing_local_derivative",
        where=("r**2", "**", "r ** 2"),
    ),
    Case(
        id="linear_regression/one_decimal",
        wrong=lambda i: right(i).round(decimals=1),
        cause="Rounded the right gradient to one decimal.",
        kind="rounded",
    ),
    Case(
        id="linear_regression/reversed",
        wrong=lambda i: right(i).flip(0),
        cause="Wrote the three numbers down in the opposite order.",
        kind="permutation",
    ),
    Case(
        id="linear_regression/sign_and_no_two",
        wrong=lambda i: -i["features"].T @ _residual(i) / 4,
        cause="Took t - o, and left out the factor two of the square.",
        kind="pair",
        where=("o - t", "r**2", "**", "r ** 2"),
        slips=("sign", "scale"),
    ),
    Case(
        id="linear_regression/target_forgotten",
        wrong=_target_forgotten,
        cause="Never took the target from the output.",
        kind="outside",
        where=("t", "o - t"),
    ),
    Case(
        id="linear_regression/by_features",
        wrong=lambda i: 2 / 3 * i["features"].T @ _residual(i),
        cause="Divided by the number of features in place of the number of examples.",
        kind="outside",
        where=("mean", "factor"),
    ),
    Case(
        id="linear_regression/last_example_left_out",
        wrong=_last_example_left_out,
        cause="Averaged over the first three examples only.",
        kind="outside",
        where=("mean", "features"),
    ),
    Case(
        id="linear_regression/weight_after_step",
        wrong=lambda i: i["w"] - 0.1 * right(i),
        cause="Gave the weight after one step of gradient descent.",
        kind="outside",
    ),
    Case(
        id="linear_regression/misread_target",
        wrong=_misread_target,
        cause="Copied the last target as 1.3 in place of 3.1.",
        kind="outside",
        where=("t",),
    ),
    Case(
        id="linear_regression/digits_in_wrong_order",
        wrong=_digits_in_wrong_order,
        cause="Typed -1.1511 for -1.5111, all else being right.",
        kind="outside",
    ),
)
