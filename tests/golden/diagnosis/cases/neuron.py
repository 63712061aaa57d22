"""Slips in the derivative (o - t)·o·(1 - o)·x of one neuron."""

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _output(i: Inputs) -> Tensor:
    return torch.sigmoid(i["w"] * i["x"] + i["b"])


def right(i: Inputs) -> Tensor:
    o = _output(i)
    return (o - i["t"]) * o * (1 - o) * i["x"]


def _no_sigmoid(i: Inputs) -> Tensor:
    return (_output(i) - i["t"]) * i["x"]


def _no_input(i: Inputs) -> Tensor:
    o = _output(i)
    return (o - i["t"]) * o * (1 - o)


def _half_slope(i: Inputs) -> Tensor:
    o = _output(i)
    return (o - i["t"]) * (1 - o) * i["x"]


def _weight_for_input(i: Inputs) -> Tensor:
    return _no_input(i) * i["w"]


def _bias_left_out(i: Inputs) -> Tensor:
    return right({**i, "b": torch.zeros_like(i["b"])})


CASES = (
    Case(
        id="neuron/no_sigmoid",
        wrong=_no_sigmoid,
        cause="Left out the derivative of the sigmoid.",
        kind="missing_local_derivative",
        where=("sigmoid", "o"),
    ),
    Case(
        id="neuron/no_input",
        wrong=_no_input,
        cause="Left out the factor x.",
        kind="missing_local_derivative",
        where=("w * x", "x", "net"),
    ),
    Case(
        id="neuron/sign",
        wrong=lambda i: -right(i),
        cause="Forgot the minus of t - o.",
        kind="sign",
        where=("t - o",),
    ),
    Case(
        id="neuron/no_half",
        wrong=lambda i: 2 * right(i),
        cause="Forgot that the half cancels the two of the square.",
        kind="scale",
        where=("0.5",),
    ),
    Case(
        id="neuron/half_slope",
        wrong=_half_slope,
        cause="Wrote the sigmoid's derivative as 1 - o.",
        kind="outside",
        where=("sigmoid", "o"),
    ),
    Case(
        id="neuron/weight_for_input",
        wrong=_weight_for_input,
        cause="Differentiated the net input for x in place of w.",
        kind="outside",
        where=("w * x", "net"),
    ),
    Case(
        id="neuron/bias_left_out",
        wrong=_bias_left_out,
        cause="Forgot the bias in the forward pass.",
        kind="outside",
        where=("b", "net"),
    ),
)
