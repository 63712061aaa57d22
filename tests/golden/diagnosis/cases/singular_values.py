"""Slips in the gradient U·diag(w)·V.T of a weighed sum of singular values."""

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _gradient(i: Inputs, by_value: Tensor) -> Tensor:
    parts: tuple[Tensor, Tensor, Tensor] = torch.linalg.svd(i["a"])
    u, _, vh = parts
    return u @ torch.diag(by_value) @ vh


def right(i: Inputs) -> Tensor:
    return _gradient(i, i["w"])


def _no_w(i: Inputs) -> Tensor:
    return _gradient(i, torch.ones_like(i["w"]))


def _largest_only(i: Inputs) -> Tensor:
    return _gradient(i, i["w"] * torch.tensor([1.0, 0.0, 0.0], dtype=i["w"].dtype))


def _squared(i: Inputs) -> Tensor:
    return _gradient(i, 2 * i["w"] * torch.linalg.svdvals(i["a"]))


def _left_twice(i: Inputs) -> Tensor:
    u: Tensor = torch.linalg.svd(i["a"])[0]
    return u @ torch.diag(i["w"]) @ u.T


def _ascending(i: Inputs) -> Tensor:
    return _gradient(i, i["w"].flip(0))


CASES = (
    Case(
        id="singular_values/transposed",
        wrong=lambda i: right(i).T,
        cause="Wrote V·diag(w)·U.T.",
        kind="transpose",
    ),
    Case(
        id="singular_values/no_w",
        wrong=_no_w,
        cause="Left out the factors w.",
        kind="missing_local_derivative",
        where=("w * s", "w"),
    ),
    Case(
        id="singular_values/sign",
        wrong=lambda i: -right(i),
        cause="Turned the sign of the whole gradient.",
        kind="sign",
    ),
    Case(
        id="singular_values/two_decimals",
        wrong=lambda i: right(i).round(decimals=2),
        cause="Gave the right gradient to two decimals where four were asked.",
        kind="rounded",
    ),
    Case(
        id="singular_values/no_w_and_transposed",
        wrong=lambda i: _no_w(i).T,
        cause="Left out the factors w, and transposed the result.",
        kind="pair",
        where=("w * s", "w"),
        slips=("missing_local_derivative", "transpose"),
    ),
    Case(
        id="singular_values/largest_only",
        wrong=_largest_only,
        cause="Took the largest singular value only, as for the spectral norm.",
        kind="outside",
        where=("svdvals", "sum"),
    ),
    Case(
        id="singular_values/squared",
        wrong=_squared,
        cause="Differentiated the squares of the singular values.",
        kind="outside",
        where=("svdvals",),
    ),
    Case(
        id="singular_values/left_twice",
        wrong=_left_twice,
        cause="Used the left singular vectors on both sides.",
        kind="outside",
        where=("svdvals",),
    ),
    Case(
        id="singular_values/ascending",
        wrong=_ascending,
        cause="Took the singular values in ascending order.",
        kind="outside",
        where=("svdvals", "w"),
    ),
)
