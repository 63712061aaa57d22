"""Slips in backpropagation through two sigmoid layers."""

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _outputs(i: Inputs) -> tuple[Tensor, Tensor]:
    h = torch.sigmoid(i["x"] @ i["w1"])
    return h, torch.sigmoid(h @ i["w2"])


def _gradient(i: Inputs, at_output: Tensor, hidden_slope: Tensor) -> Tensor:
    """The gradient, for the error at the output's net input and the slope of the hidden layer."""
    return i["x"].T @ ((at_output @ i["w2"].T) * hidden_slope)


def right(i: Inputs) -> Tensor:
    h, o = _outputs(i)
    return _gradient(i, (o - i["t"]) * o * (1 - o), h * (1 - h))


def _no_output_sigmoid(i: Inputs) -> Tensor:
    h, o = _outputs(i)
    return _gradient(i, o - i["t"], h * (1 - h))


def _no_hidden_sigmoid(i: Inputs) -> Tensor:
    h, o = _outputs(i)
    return _gradient(i, (o - i["t"]) * o * (1 - o), torch.ones_like(h))


def _no_sigmoid(i: Inputs) -> Tensor:
    h, o = _outputs(i)
    return _gradient(i, o - i["t"], torch.ones_like(h))


def _no_error(i: Inputs) -> Tensor:
    h, o = _outputs(i)
    return _gradient(i, o * (1 - o) / 2, h * (1 - h))


def _hidden_as_tanh(i: Inputs) -> Tensor:
    h, o = _outputs(i)
    return _gradient(i, (o - i["t"]) * o * (1 - o), 1 - h**2)


def _slope_at_net(i: Inputs) -> Tensor:
    _, o = _outputs(i)
    net = i["x"] @ i["w1"]
    return _gradient(i, (o - i["t"]) * o * (1 - o), net * (1 - net))


def _half_slope(i: Inputs) -> Tensor:
    h, o = _outputs(i)
    return _gradient(i, (o - i["t"]) * (1 - o), h * (1 - h))


def _first_output_only(i: Inputs) -> Tensor:
    h, o = _outputs(i)
    first = torch.tensor([1.0, 0.0], dtype=o.dtype)
    return _gradient(i, (o - i["t"]) * o * (1 - o) * first, h * (1 - h))


CASES = (
    Case(
        id="mlp/no_output_sigmoid",
        wrong=_no_output_sigmoid,
        cause="Left out the derivative of the output layer's sigmoid.",
        kind="missing_local_derivative",
        where=("o", "sigmoid(h @ w2)", "sigmoid"),
    ),
    Case(
        id="mlp/no_hidden_sigmoid",
        wrong=_no_hidden_sigmoid,
        cause="Left out the derivative of the hidden layer's sigmoid.",
        kind="missing_local_derivative",
        where=("h", "sigmoid(x @ w1)", "sigmoid"),
    ),
    Case(
        id="mlp/no_sigmoid",
        wrong=_no_sigmoid,
        cause="Left out the derivatives of both sigmoids.",
        kind="pair",
        where=("h", "o", "sigmoid"),
        slips=("missing_local_derivative", "missing_local_derivative"),
    ),
    Case(
        id="mlp/sign",
        wrong=lambda i: -right(i),
        cause="Took t - o for o - t.",
        kind="sign",
        where=("o - t",),
    ),
    Case(
        id="mlp/no_half",
        wrong=lambda i: 2 * right(i),
        cause="Forgot that the half cancels the two of the square.",
        kind="scale",
        where=("0.5",),
    ),
    Case(
        id="mlp/square_not_differentiated",
        wrong=_no_error,
        cause="Left out the derivative of the square, and with it the error o - t.",
        kind="missing_local_derivative",
        where=("(o - t) ** 2", "**"),
    ),
    Case(
        id="mlp/no_hidden_sigmoid_and_sign",
        wrong=lambda i: -_no_hidden_sigmoid(i),
        cause="Left out the hidden sigmoid's derivative, and took t - o.",
        kind="pair",
        where=("h", "sigmoid(x @ w1)", "sigmoid", "o - t"),
        slips=("missing_local_derivative", "sign"),
    ),
    Case(
        id="mlp/hidden_as_tanh",
        wrong=_hidden_as_tanh,
        cause="Used tanh's derivative 1 - h² for the hidden sigmoid.",
        kind="outside",
        where=("h", "sigmoid"),
    ),
    Case(
        id="mlp/slope_at_net",
        wrong=_slope_at_net,
        cause="Put the net input, not the output, into h(1 - h).",
        kind="outside",
        where=("h", "sigmoid"),
    ),
    Case(
        id="mlp/half_slope",
        wrong=_half_slope,
        cause="Wrote the output sigmoid's derivative as 1 - o.",
        kind="outside",
        where=("o", "sigmoid"),
    ),
    Case(
        id="mlp/first_output_only",
        wrong=_first_output_only,
        cause="Sent back the error of the first output only.",
        kind="outside",
        where=("o", "w2"),
    ),
)
