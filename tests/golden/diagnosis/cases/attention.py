"""Slips in the gradient for the keys of attention: dS transposed, times query/sqrt(d)."""

import math

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _parts(i: Inputs) -> tuple[Tensor, Tensor]:
    """The attention weights p and the gradient that reaches them, dp."""
    p = torch.softmax(i["query"] @ i["key"].T / math.sqrt(3), dim=1)
    return p, i["g"] @ i["value"].T


def _to_key(i: Inputs, ds: Tensor) -> Tensor:
    return ds.T @ i["query"] / math.sqrt(3)


def right(i: Inputs) -> Tensor:
    p, dp = _parts(i)
    return _to_key(i, p * (dp - (p * dp).sum(dim=1, keepdim=True)))


def _normaliser_constant(i: Inputs) -> Tensor:
    p, dp = _parts(i)
    return _to_key(i, p * dp)


def _only_normaliser(i: Inputs) -> Tensor:
    p, dp = _parts(i)
    return _to_key(i, -p * (p * dp).sum(dim=1, keepdim=True))


def _elementwise_softmax(i: Inputs) -> Tensor:
    p, dp = _parts(i)
    return _to_key(i, dp * p * (1 - p))


def _never_scaled(i: Inputs) -> Tensor:
    p = torch.softmax(i["query"] @ i["key"].T, dim=1)
    _, dp = _parts(i)
    return (p * (dp - (p * dp).sum(dim=1, keepdim=True))).T @ i["query"]


def _softmax_over_queries(i: Inputs) -> Tensor:
    p = torch.softmax(i["query"] @ i["key"].T / math.sqrt(3), dim=0)
    _, dp = _parts(i)
    return _to_key(i, p * (dp - (p * dp).sum(dim=0)))


CASES = (
    Case(
        id="attention/scale_forgotten",
        wrong=lambda i: math.sqrt(3) * right(i),
        cause="Left out the factor 1/sqrt(d) on the way back.",
        kind="scale",
        where=("sqrt", "scale", "scaled_dot_product_attention"),
    ),
    Case(
        id="attention/normaliser_constant",
        wrong=_normaliser_constant,
        cause="Held the normalising sum of the softmax constant.",
        kind="dropped_path",
        where=("softmax", "sum", "normalis", "scaled_dot_product_attention"),
    ),
    Case(
        id="attention/only_normaliser",
        wrong=_only_normaliser,
        cause="Kept only the term of the normalising sum in the softmax.",
        kind="dropped_path",
        where=("softmax", "exp", "scaled_dot_product_attention"),
    ),
    Case(
        id="attention/no_softmax",
        wrong=lambda i: _to_key(i, _parts(i)[1]),
        cause="Left out the derivative of the softmax.",
        kind="missing_local_derivative",
        where=("softmax", "scaled_dot_product_attention"),
    ),
    Case(
        id="attention/sign",
        wrong=lambda i: -right(i),
        cause="Turned the sign of the whole gradient.",
        kind="sign",
    ),
    Case(
        id="attention/normaliser_constant_and_scale",
        wrong=lambda i: math.sqrt(3) * _normaliser_constant(i),
        cause="Held the normalising sum constant, and left out 1/sqrt(d).",
        kind="pair",
        where=("softmax", "sum", "normalis", "sqrt", "scale", "scaled_dot_product_attention"),
        slips=("dropped_path", "scale"),
    ),
    Case(
        id="attention/elementwise_softmax",
        wrong=_elementwise_softmax,
        cause="Took p(1 - p) for the whole derivative of the softmax.",
        kind="outside",
        where=("softmax",),
    ),
    Case(
        id="attention/never_scaled",
        wrong=_never_scaled,
        cause="Left out 1/sqrt(d) in the forward pass too.",
        kind="outside",
        where=("sqrt", "scale"),
    ),
    Case(
        id="attention/softmax_over_queries",
        wrong=_softmax_over_queries,
        cause="Normalised over the queries, not over the keys.",
        kind="outside",
        where=("softmax", "dim"),
    ),
)
