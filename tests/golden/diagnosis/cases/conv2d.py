"""Slips in the gradient of a padded convolution for its kernel, through ReLU and a mean."""

import torch
from torch import Tensor
from torch.nn.functional import pad

from tests.golden.diagnosis.case import Case, Inputs


def _patches(i: Inputs) -> list[list[Tensor]]:
    """For each tap of the kernel the 4×4 part of the padded image that it looks at."""
    padded = pad(i["image"], (1, 1, 1, 1))
    return [[padded[r : r + 4, c : c + 4] for c in range(3)] for r in range(3)]


def _active(i: Inputs) -> Tensor:
    patches = _patches(i)
    y = sum(
        (i["kernel"][r, c] * patches[r][c] for r in range(3) for c in range(3)),
        torch.zeros_like(i["image"]),
    )
    return (y > 0).to(y.dtype)


def _correlate(i: Inputs, upstream: Tensor) -> Tensor:
    return torch.stack([torch.stack([(p * upstream).sum() for p in row]) for row in _patches(i)])


def right(i: Inputs) -> Tensor:
    return _correlate(i, i["g"] * _active(i) / 16)


def _no_relu(i: Inputs) -> Tensor:
    return _correlate(i, i["g"] / 16)


def _no_g(i: Inputs) -> Tensor:
    return _correlate(i, _active(i) / 16)


def _padding_forgotten(i: Inputs) -> Tensor:
    inner = torch.zeros_like(i["g"])
    inner[1:3, 1:3] = (i["g"] * _active(i))[1:3, 1:3]
    return _correlate(i, inner / 16)


def _mean_over_active(i: Inputs) -> Tensor:
    active = _active(i)
    return _correlate(i, i["g"] * active / active.sum())


def _relu_by_image(i: Inputs) -> Tensor:
    return _correlate(i, i["g"] * (i["image"] > 0).to(i["g"].dtype) / 16)


def _no_first_row(i: Inputs) -> Tensor:
    upstream = i["g"] * _active(i) / 16
    upstream[0] = 0
    return _correlate(i, upstream)


CASES = (
    Case(
        id="conv2d/no_relu",
        wrong=_no_relu,
        cause="Let the gradient through where ReLU had cut the output off.",
        kind="missing_local_derivative",
        where=("relu",),
    ),
    Case(
        id="conv2d/no_g",
        wrong=_no_g,
        cause="Left out the factor g.",
        kind="missing_local_derivative",
        where=("g * out", "g"),
    ),
    Case(
        id="conv2d/sum_for_mean",
        wrong=lambda i: 16 * right(i),
        cause="Took the sum where the mean was asked for.",
        kind="scale",
        where=("mean",),
    ),
    Case(
        id="conv2d/turned",
        wrong=lambda i: right(i).flip(0, 1),
        cause="Convolved where one correlates, so the kernel's gradient is turned by half a turn.",
        kind="permutation",
        where=("conv2d",),
    ),
    Case(
        id="conv2d/transposed",
        wrong=lambda i: right(i).T,
        cause="Swapped rows and columns of the kernel's gradient.",
        kind="transpose",
        where=("conv2d",),
    ),
    Case(
        id="conv2d/no_relu_and_sum",
        wrong=lambda i: 16 * _no_relu(i),
        cause="Left out ReLU's derivative, and took the sum for the mean.",
        kind="pair",
        where=("relu", "mean"),
        slips=("missing_local_derivative", "scale"),
    ),
    Case(
        id="conv2d/padding_forgotten",
        wrong=_padding_forgotten,
        cause="Used only the outputs whose window lies inside the image.",
        kind="outside",
        where=("padding", "conv2d"),
    ),
    Case(
        id="conv2d/relu_by_image",
        wrong=_relu_by_image,
        cause="Took ReLU's derivative at the image in place of the convolution's output.",
        kind="outside",
        where=("relu",),
    ),
    Case(
        id="conv2d/first_row_left_out",
        wrong=_no_first_row,
        cause="Started the loop over the outputs at the second row.",
        kind="outside",
        where=("conv2d",),
    ),
    Case(
        id="conv2d/mean_over_active",
        wrong=_mean_over_active,
        cause="Divided by the number of outputs above zero, not by all sixteen.",
        kind="outside",
        where=("mean", "factor"),
    ),
)
