"""Slips in the gradient 3·c·softmax(3x) of a log-sum-exp."""

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _parts(i: Inputs) -> tuple[Tensor, Tensor, Tensor]:
    e = (3 * i["x"]).exp()
    return e, e.sum(dim=1, keepdim=True), i["c"][:, None]


def right(i: Inputs) -> Tensor:
    e, total, c = _parts(i)
    return 3 * c * e / total


def _no_c(i: Inputs) -> Tensor:
    e, total, _ = _parts(i)
    return 3 * e / total


def _inner_not_differentiated(i: Inputs) -> Tensor:
    e, total, c = _parts(i)
    return c * e / total


def _no_reciprocal(i: Inputs) -> Tensor:
    e, _, c = _parts(i)
    return 3 * c * e


def _no_exponential(i: Inputs) -> Tensor:
    _, total, c = _parts(i)
    return (3 * c / total).expand(2, 4)


def _no_c_and_no_inner(i: Inputs) -> Tensor:
    e, total, _ = _parts(i)
    return e / total


def _three_only_outside(i: Inputs) -> Tensor:
    return 3 * i["c"][:, None] * torch.softmax(i["x"], dim=1)


def _down_the_columns(i: Inputs) -> Tensor:
    return 3 * i["c"][:, None] * torch.softmax(3 * i["x"], dim=0)


def _hard_maximum(i: Inputs) -> Tensor:
    top = i["x"] == i["x"].amax(dim=1, keepdim=True)
    return 3 * i["c"][:, None] * top.to(i["x"].dtype)


CASES = (
    Case(
        id="logsumexp/inner_not_differentiated",
        wrong=_inner_not_differentiated,
        cause="Left out the inner derivative 3.",
        kind="missing_local_derivative",
        where=("3 * x", "3"),
    ),
    Case(
        id="logsumexp/no_c",
        wrong=_no_c,
        cause="Left out the factor c.",
        kind="missing_local_derivative",
        where=("c * s", "c"),
    ),
    Case(
        id="logsumexp/no_reciprocal",
        wrong=_no_reciprocal,
        cause="Left out the derivative of the logarithm, one over the sum.",
        kind="missing_local_derivative",
        where=("log", "logsumexp"),
    ),
    Case(
        id="logsumexp/no_exponential",
        wrong=_no_exponential,
        cause="Left out the derivative of the exponential.",
        kind="missing_local_derivative",
        where=("exp", "logsumexp"),
    ),
    Case(
        id="logsumexp/sign",
        wrong=lambda i: -right(i),
        cause="Turned the sign of the whole gradient.",
        kind="sign",
    ),
    Case(
        id="logsumexp/no_c_and_no_inner",
        wrong=_no_c_and_no_inner,
        cause="Gave the plain softmax: both the factor c and the inner derivative 3 are missing.",
        kind="pair",
        where=("c * s", "c", "3 * x", "3"),
        slips=("missing_local_derivative", "missing_local_derivative"),
    ),
    Case(
        id="logsumexp/three_only_outside",
        wrong=_three_only_outside,
        cause="Multiplied by 3 but took the softmax of x in place of 3x.",
        kind="outside",
        where=("3 * x", "logsumexp"),
    ),
    Case(
        id="logsumexp/down_the_columns",
        wrong=_down_the_columns,
        cause="Normalised down the columns in place of the rows.",
        kind="outside",
        where=("logsumexp", "dim"),
    ),
    Case(
        id="logsumexp/hard_maximum",
        wrong=_hard_maximum,
        cause="Took the log-sum-exp for the maximum itself.",
        kind="outside",
        where=("logsumexp",),
    ),
)
