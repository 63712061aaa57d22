"""Slips in the gradient of softmax regression: features transposed, times (p - onehot)/n."""

import torch
from torch import Tensor
from torch.nn.functional import one_hot

from tests.golden.diagnosis.case import Case, Inputs


def _parts(i: Inputs) -> tuple[Tensor, Tensor]:
    p = torch.softmax(i["features"] @ i["weight"], dim=1)
    return p, one_hot(i["target"], 3).to(p.dtype)


def right(i: Inputs) -> Tensor:
    p, hot = _parts(i)
    return i["features"].T @ (p - hot) / 4


def _normaliser_constant(i: Inputs) -> Tensor:
    _, hot = _parts(i)
    return -i["features"].T @ hot / 4


def _target_dropped(i: Inputs) -> Tensor:
    p, _ = _parts(i)
    return i["features"].T @ p / 4


def _softmax_down_the_batch(i: Inputs) -> Tensor:
    _, hot = _parts(i)
    p = torch.softmax(i["features"] @ i["weight"], dim=0)
    return i["features"].T @ (p - hot) / 4


def _sigmoid_factor(i: Inputs) -> Tensor:
    p, hot = _parts(i)
    return i["features"].T @ ((p - hot) * p * (1 - p)) / 4


def _classes_from_one(i: Inputs) -> Tensor:
    p, hot = _parts(i)
    return i["features"].T @ (p - hot.roll(1, dims=1)) / 4


def _last_example_left_out(i: Inputs) -> Tensor:
    p, hot = _parts(i)
    return i["features"][:3].T @ (p - hot)[:3] / 4


CASES = (
    Case(
        id="softmax_regression/sum_for_mean",
        wrong=lambda i: 4 * right(i),
        cause="Summed over the batch; cross_entropy takes the mean.",
        kind="scale",
        where=("mean", "cross_entropy"),
    ),
    Case(
        id="softmax_regression/normaliser_constant",
        wrong=_normaliser_constant,
        cause="Held the normalising sum of the softmax constant.",
        kind="dropped_path",
        where=("cross_entropy", "softmax", "normalis", "log-sum-exp"),
    ),
    Case(
        id="softmax_regression/target_dropped",
        wrong=_target_dropped,
        cause="Differentiated only the normalising sum and forgot the target's own logit.",
        kind="dropped_path",
        where=("cross_entropy", "softmax", "target"),
    ),
    Case(
        id="softmax_regression/sign",
        wrong=lambda i: -right(i),
        cause="Wrote onehot - p for p - onehot.",
        kind="sign",
    ),
    Case(
        id="softmax_regression/transposed",
        wrong=lambda i: right(i).T,
        cause="Gave the gradient of the transposed weight.",
        kind="transpose",
    ),
    Case(
        id="softmax_regression/sign_and_sum",
        wrong=lambda i: -4 * right(i),
        cause="Turned the sign round, and summed over the batch.",
        kind="pair",
        where=("mean", "cross_entropy"),
        slips=("sign", "scale"),
    ),
    Case(
        id="softmax_regression/normaliser_constant_and_transposed",
        wrong=lambda i: _normaliser_constant(i).T,
        cause="Held the normalising sum constant, and transposed the result.",
        kind="pair",
        where=("cross_entropy", "softmax", "normalis", "log-sum-exp"),
        slips=("dropped_path", "transpose"),
    ),
    Case(
        id="softmax_regression/wrong_axis",
        wrong=_softmax_down_the_batch,
        cause="Normalised the softmax down the batch, not across the classes.",
        kind="outside",
        where=("softmax", "dim"),
    ),
    Case(
        id="softmax_regression/sigmoid_factor",
        wrong=_sigmoid_factor,
        cause="Multiplied by p(1 - p) as for a squared error on sigmoids.",
        kind="outside",
    ),
    Case(
        id="softmax_regression/classes_from_one",
        wrong=_classes_from_one,
        cause="Counted the classes from one, so every one-hot is one place off.",
        kind="outside",
        where=("target",),
    ),
    Case(
        id="softmax_regression/last_example",
        wrong=_last_example_left_out,
        cause="Stopped one example early and still divided by four.",
        kind="outside",
        where=("features",),
    ),
)
