"""Slips in self-attention: the input is used as query, as key and as value."""

import math

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _weights(i: Inputs) -> Tensor:
    return torch.softmax((i["x"] @ i["wq"]) @ (i["x"] @ i["wk"]).T / math.sqrt(3), dim=1)


def _to_scores(i: Inputs) -> Tensor:
    """The gradient that reaches the scores, through the softmax."""
    p, dp = _weights(i), i["g"] @ i["x"].T
    return p * (dp - (p * dp).sum(dim=1, keepdim=True))


def _by_query(i: Inputs, ds: Tensor) -> Tensor:
    return ds @ (i["x"] @ i["wk"]) @ i["wq"].T / math.sqrt(3)


def _by_key(i: Inputs, ds: Tensor) -> Tensor:
    return ds.T @ (i["x"] @ i["wq"]) @ i["wk"].T / math.sqrt(3)


def _by_value(i: Inputs) -> Tensor:
    return _weights(i).T @ i["g"]


def _by_all(i: Inputs, ds: Tensor) -> Tensor:
    return _by_query(i, ds) + _by_key(i, ds) + _by_value(i)


def right(i: Inputs) -> Tensor:
    return _by_all(i, _to_scores(i))


def _normaliser_constant(i: Inputs) -> Tensor:
    return _weights(i) * (i["g"] @ i["x"].T)


def _query_dropped(i: Inputs) -> Tensor:
    return _by_key(i, _to_scores(i)) + _by_value(i)


def _key_dropped(i: Inputs) -> Tensor:
    return _by_query(i, _to_scores(i)) + _by_value(i)


def _value_dropped(i: Inputs) -> Tensor:
    ds = _to_scores(i)
    return _by_query(i, ds) + _by_key(i, ds)


def _query_weight_not_transposed(i: Inputs) -> Tensor:
    ds = _to_scores(i)
    by_query = ds @ (i["x"] @ i["wk"]) @ i["wq"] / math.sqrt(3)
    return by_query + _by_key(i, ds) + _by_value(i)


def _query_dropped_normaliser_constant(i: Inputs) -> Tensor:
    return _by_key(i, _normaliser_constant(i)) + _by_value(i)


def _value_by_weights_not_transposed(i: Inputs) -> Tensor:
    return _value_dropped(i) + _weights(i) @ i["g"]


CASES = (
    Case(
        id="self_attention/query_dropped",
        wrong=_query_dropped,
        cause="Forgot that x also makes the queries.",
        kind="dropped_path",
        where=("q", "x @ wq", "wq"),
    ),
    Case(
        id="self_attention/key_dropped",
        wrong=_key_dropped,
        cause="Forgot that x also makes the keys.",
        kind="dropped_path",
        where=("k", "x @ wk", "wk"),
    ),
    Case(
        id="self_attention/value_dropped",
        wrong=_value_dropped,
        cause="Forgot that x is also the values.",
        kind="dropped_path",
        where=("p @ x", "out", "value"),
    ),
    Case(
        id="self_attention/weights_constant",
        wrong=_by_value,
        cause="Held the attention weights constant.",
        kind="dropped_path",
        where=("p", "scores", "softmax", "e / e.sum", "p @ x"),
    ),
    Case(
        id="self_attention/normaliser_constant",
        wrong=lambda i: _by_all(i, _normaliser_constant(i)),
        cause="Held the normalising sum of the softmax constant.",
        kind="dropped_path",
        where=("e.sum", "sum", "e / e.sum"),
    ),
    Case(
        id="self_attention/scale_forgotten",
        wrong=lambda i: math.sqrt(3) * _value_dropped(i) + _by_value(i),
        cause="Left out the factor 1/sqrt(3) of the scores.",
        kind="missing_local_derivative",
        where=("sqrt", "scores"),
    ),
    Case(
        id="self_attention/query_dropped_and_normaliser_constant",
        wrong=_query_dropped_normaliser_constant,
        cause="Forgot the queries, and held the normalising sum constant.",
        kind="pair",
        where=("q", "x @ wq", "wq", "e.sum", "sum"),
        slips=("dropped_path", "dropped_path"),
    ),
    Case(
        id="self_attention/query_weight_not_transposed",
        wrong=_query_weight_not_transposed,
        cause="Multiplied by wq where its transpose belongs.",
        kind="outside",
        where=("wq",),
    ),
    Case(
        id="self_attention/weights_not_transposed",
        wrong=_value_by_weights_not_transposed,
        cause="Multiplied by p where its transpose belongs, in the path of the values.",
        kind="outside",
        where=("p @ x", "p"),
    ),
)
