"""Slips in backpropagation through three steps of a recurrent network."""

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _states(i: Inputs, bias_at_second: float = 1.0) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    h0, bias = i["h0"], i["bias"]
    h1 = torch.tanh(i["u"][0] @ i["w_in"] + h0 @ i["w_h"] + bias)
    h2 = torch.tanh(i["u"][1] @ i["w_in"] + h1 @ i["w_h"] + bias_at_second * bias)
    h3 = torch.tanh(i["u"][2] @ i["w_in"] + h2 @ i["w_h"] + bias)
    return h0, h1, h2, h3


def _steps(
    i: Inputs, states: tuple[Tensor, Tensor, Tensor, Tensor], slopes: tuple[Tensor, Tensor, Tensor]
) -> tuple[Tensor, Tensor, Tensor]:
    """What steps 1, 2 and 3 each give to the gradient, for the slopes taken of tanh."""
    h0, h1, h2, h3 = states
    d3 = (h3 - i["target"]) * slopes[2]
    d2 = (i["w_h"] @ d3) * slopes[1]
    d1 = (i["w_h"] @ d2) * slopes[0]
    return torch.outer(h0, d1), torch.outer(h1, d2), torch.outer(h2, d3)


def _tanh_slopes(states: tuple[Tensor, Tensor, Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    _, h1, h2, h3 = states
    return 1 - h1**2, 1 - h2**2, 1 - h3**2


def _right_steps(i: Inputs) -> tuple[Tensor, Tensor, Tensor]:
    states = _states(i)
    return _steps(i, states, _tanh_slopes(states))


def right(i: Inputs) -> Tensor:
    first, second, third = _right_steps(i)
    return first + second + third


def _two_steps(i: Inputs) -> Tensor:
    _, second, third = _right_steps(i)
    return second + third


def _no_tanh(i: Inputs) -> Tensor:
    ones = torch.ones_like(i["h0"])
    return sum(_steps(i, _states(i), (ones, ones, ones)), torch.zeros_like(i["w_h"]))


def _no_last_tanh(i: Inputs) -> Tensor:
    states = _states(i)
    first, second, _ = _tanh_slopes(states)
    slopes = (first, second, torch.ones_like(first))
    return sum(_steps(i, states, slopes), torch.zeros_like(i["w_h"]))


def _tanh_without_square(i: Inputs) -> Tensor:
    states = _states(i)
    _, h1, h2, h3 = states
    return sum(_steps(i, states, (1 - h1, 1 - h2, 1 - h3)), torch.zeros_like(i["w_h"]))


def _weight_transposed(i: Inputs) -> Tensor:
    h0, h1, h2, h3 = _states(i)
    d3 = (h3 - i["target"]) * (1 - h3**2)
    d2 = (d3 @ i["w_h"]) * (1 - h2**2)
    d1 = (d2 @ i["w_h"]) * (1 - h1**2)
    return torch.outer(h0, d1) + torch.outer(h1, d2) + torch.outer(h2, d3)


def _one_state_late(i: Inputs) -> Tensor:
    _, h1, h2, h3 = _states(i)
    d3 = (h3 - i["target"]) * (1 - h3**2)
    d2 = (i["w_h"] @ d3) * (1 - h2**2)
    d1 = (i["w_h"] @ d2) * (1 - h1**2)
    return torch.outer(h1, d1) + torch.outer(h2, d2) + torch.outer(h3, d3)


def _bias_forgotten_once(i: Inputs) -> Tensor:
    states = _states(i, bias_at_second=0.0)
    return sum(_steps(i, states, _tanh_slopes(states)), torch.zeros_like(i["w_h"]))


CASES = (
    Case(
        id="rnn/last_step_only",
        wrong=lambda i: _right_steps(i)[2],
        cause="Held the state before the last step constant, so only the last step counts.",
        kind="dropped_path",
        where=("h2", "h2 @ w_h"),
    ),
    Case(
        id="rnn/two_steps",
        wrong=_two_steps,
        cause="Went back two steps and held the first state constant.",
        kind="dropped_path",
        where=("h1", "h1 @ w_h"),
    ),
    Case(
        id="rnn/first_use_only",
        wrong=lambda i: _right_steps(i)[0],
        cause="Counted the weight in the first step only, not its uses in the later ones.",
        kind="pair",
        where=("w_h", "h1 @ w_h", "h2 @ w_h"),
        slips=("dropped_path", "dropped_path"),
    ),
    Case(
        id="rnn/no_tanh",
        wrong=_no_tanh,
        cause="Left out the derivative of tanh at every step.",
        kind="missing_local_derivative",
        where=("tanh",),
    ),
    Case(
        id="rnn/no_last_tanh",
        wrong=_no_last_tanh,
        cause="Left out the derivative of tanh at the last step.",
        kind="missing_local_derivative",
        where=("h3", "tanh"),
    ),
    Case(
        id="rnn/sign",
        wrong=lambda i: -right(i),
        cause="Took target - h3 for h3 - target.",
        kind="sign",
        where=("h3 - target",),
    ),
    Case(
        id="rnn/transposed",
        wrong=lambda i: right(i).T,
        cause="Swapped the two vectors of each outer product.",
        kind="transpose",
    ),
    Case(
        id="rnn/no_half",
        wrong=lambda i: 2 * right(i),
        cause="Forgot that the half cancels the two of the square.",
        kind="scale",
        where=("0.5",),
    ),
    Case(
        id="rnn/last_step_and_sign",
        wrong=lambda i: -_right_steps(i)[2],
        cause="Counted the last step only, and turned the sign of the error.",
        kind="pair",
        where=("h2", "h2 @ w_h", "h3 - target"),
        slips=("dropped_path", "sign"),
    ),
    Case(
        id="rnn/tanh_without_square",
        wrong=_tanh_without_square,
        cause="Wrote the derivative of tanh as 1 - tanh.",
        kind="outside",
        where=("tanh",),
    ),
    Case(
        id="rnn/weight_transposed",
        wrong=_weight_transposed,
        cause="Passed the error back by w_h transposed the wrong way round.",
        kind="outside",
        where=("w_h",),
    ),
    Case(
        id="rnn/one_state_late",
        wrong=_one_state_late,
        cause="Multiplied each step's error by the state after it, not before it.",
        kind="outside",
        where=("h1", "h2", "h3"),
    ),
    Case(
        id="rnn/bias_forgotten_once",
        wrong=_bias_forgotten_once,
        cause="Forgot the bias in the second step's forward pass.",
        kind="outside",
        where=("bias",),
    ),
)
