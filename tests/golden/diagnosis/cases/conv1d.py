"""Slips in the gradient of a convolution for its signal: the error spread by the kernel."""

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _error(i: Inputs) -> Tensor:
    x, k = i["x"], i["kernel"]
    return k[0] * x[:6] + k[1] * x[1:7] + k[2] * x[2:] - i["target"]


def _spread(error: Tensor, taps: Tensor) -> Tensor:
    """Every error handed back to the three samples that it was made from."""
    grad = torch.zeros(8, dtype=error.dtype)
    for j in range(3):
        grad[j : j + 6] += taps[j] * error
    return grad


def right(i: Inputs) -> Tensor:
    return _spread(_error(i), i["kernel"])


def _not_flipped(i: Inputs) -> Tensor:
    return _spread(_error(i), i["kernel"].flip(0))


def _border_zero(i: Inputs) -> Tensor:
    grad = right(i)
    grad[:2] = 0
    grad[6:] = 0
    return grad


def _last_tap_left_out(i: Inputs) -> Tensor:
    return _spread(_error(i), i["kernel"] * torch.tensor([1.0, 1.0, 0.0], dtype=i["x"].dtype))


def _no_error(i: Inputs) -> Tensor:
    return _spread(torch.ones_like(i["target"]), i["kernel"])


def _target_forgotten(i: Inputs) -> Tensor:
    return _spread(_error(i) + i["target"], i["kernel"])


def _kernel_ones(i: Inputs) -> Tensor:
    return _spread(_error(i), torch.ones_like(i["kernel"]))


CASES = (
    Case(
        id="conv1d/sign",
        wrong=lambda i: -right(i),
        cause="Took target - y for y - target.",
        kind="sign",
        where=("y - target",),
    ),
    Case(
        id="conv1d/no_half",
        wrong=lambda i: 2 * right(i),
        cause="Forgot that the half cancels the two of the square.",
        kind="scale",
        where=("0.5",),
    ),
    Case(
        id="conv1d/mean_for_sum",
        wrong=lambda i: right(i) / 6,
        cause="Divided by the number of outputs although the loss is a sum.",
        kind="scale",
        where=("sum", "mean"),
    ),
    Case(
        id="conv1d/reversed",
        wrong=lambda i: right(i).flip(0),
        cause="Wrote the gradient down from the last sample to the first.",
        kind="permutation",
    ),
    Case(
        id="conv1d/square_not_differentiated",
        wrong=lambda i: _no_error(i) / 2,
        cause="Left out the derivative of the square.",
        kind="missing_local_derivative",
        where=("error**2", "**", "error ** 2"),
    ),
    Case(
        id="conv1d/reversed_and_sign",
        wrong=lambda i: -right(i).flip(0),
        cause="Turned the sign, and wrote the gradient down from the last sample to the first.",
        kind="pair",
        slips=("sign", "permutation"),
    ),
    Case(
        id="conv1d/not_flipped",
        wrong=_not_flipped,
        cause="Forgot that the kernel is turned round on the way back.",
        kind="outside",
        where=("conv1d", "kernel"),
    ),
    Case(
        id="conv1d/border_zero",
        wrong=_border_zero,
        cause="Filled in zeros where the turned kernel hangs over the border.",
        kind="outside",
        where=("conv1d",),
    ),
    Case(
        id="conv1d/last_tap_left_out",
        wrong=_last_tap_left_out,
        cause="Ran the loop over the kernel one tap short.",
        kind="outside",
        where=("conv1d", "kernel"),
    ),
    Case(
        id="conv1d/target_forgotten",
        wrong=_target_forgotten,
        cause="Sent back the output itself, without taking the target from it.",
        kind="outside",
        where=("target", "error"),
    ),
    Case(
        id="conv1d/kernel_of_ones",
        wrong=_kernel_ones,
        cause="Spread each error evenly and never multiplied by the kernel.",
        kind="outside",
        where=("conv1d", "kernel"),
    ),
)
