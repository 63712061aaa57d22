"""Slips in the gradient of batch normalisation in training mode, followed by tanh."""

from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs

EPS = 1e-5


def _parts(i: Inputs) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The normalised columns u, one over their deviation s, the output, and what reaches u, h."""
    centred = i["x"] - i["x"].mean(dim=0)
    s = (centred.square().mean(dim=0) + EPS).rsqrt()
    u = centred * s
    out = (u * i["weight"] + i["bias"]).tanh()
    return u, s, out, i["g"] * (1 - out**2) * i["weight"]


def _through_statistics(u: Tensor, s: Tensor, h: Tensor) -> Tensor:
    return s * (h - h.mean(dim=0) - u * (h * u).mean(dim=0))


def right(i: Inputs) -> Tensor:
    u, s, _, h = _parts(i)
    return _through_statistics(u, s, h)


def _variance_constant(i: Inputs) -> Tensor:
    _, s, _, h = _parts(i)
    return s * (h - h.mean(dim=0))


def _mean_constant(i: Inputs) -> Tensor:
    u, s, _, h = _parts(i)
    return s * (h - u * (h * u).mean(dim=0))


def _as_in_evaluation(i: Inputs) -> Tensor:
    _, s, _, h = _parts(i)
    return s * h


def _no_tanh(i: Inputs) -> Tensor:
    u, s, _, _ = _parts(i)
    return _through_statistics(u, s, i["g"] * i["weight"])


def _no_weight(i: Inputs) -> Tensor:
    u, s, out, _ = _parts(i)
    return _through_statistics(u, s, i["g"] * (1 - out**2))


def _no_tanh_variance_constant(i: Inputs) -> Tensor:
    _, s, _, _ = _parts(i)
    h = i["g"] * i["weight"]
    return s * (h - h.mean(dim=0))


def _tanh_without_square(i: Inputs) -> Tensor:
    u, s, out, _ = _parts(i)
    return _through_statistics(u, s, i["g"] * (1 - out) * i["weight"])


def _across_features(i: Inputs) -> Tensor:
    u, s, _, h = _parts(i)
    return s * (h - h.mean(dim=1, keepdim=True) - u * (h * u).mean(dim=1, keepdim=True))


CASES = (
    Case(
        id="batch_norm/variance_constant",
        wrong=_variance_constant,
        cause="Held the batch's variance constant.",
        kind="dropped_path",
        where=("variance", "var", "batch_norm", "standard deviation"),
    ),
    Case(
        id="batch_norm/mean_constant",
        wrong=_mean_constant,
        cause="Held the batch's mean constant.",
        kind="dropped_path",
        where=("mean", "batch_norm"),
    ),
    Case(
        id="batch_norm/as_in_evaluation",
        wrong=_as_in_evaluation,
        cause="Took the batch's mean and variance as constants, as in evaluation mode.",
        kind="pair",
        where=("mean", "variance", "var", "batch_norm"),
        slips=("dropped_path", "dropped_path"),
    ),
    Case(
        id="batch_norm/no_tanh",
        wrong=_no_tanh,
        cause="Left out the derivative of tanh.",
        kind="missing_local_derivative",
        where=("tanh",),
    ),
    Case(
        id="batch_norm/no_weight",
        wrong=_no_weight,
        cause="Left out the factor weight.",
        kind="missing_local_derivative",
        where=("weight", "batch_norm"),
    ),
    Case(
        id="batch_norm/mean_for_sum",
        wrong=lambda i: right(i) / 4,
        cause="Divided by the batch size although the loss is a sum.",
        kind="scale",
        where=("sum", "mean"),
    ),
    Case(
        id="batch_norm/no_tanh_and_variance_constant",
        wrong=_no_tanh_variance_constant,
        cause="Left out the derivative of tanh, and held the variance constant.",
        kind="pair",
        where=("tanh", "variance", "var", "batch_norm"),
        slips=("missing_local_derivative", "dropped_path"),
    ),
    Case(
        id="batch_norm/tanh_without_square",
        wrong=_tanh_without_square,
        cause="Wrote the derivative of tanh as 1 - tanh.",
        kind="outside",
        where=("tanh",),
    ),
    Case(
        id="batch_norm/across_features",
        wrong=_across_features,
        cause="Averaged the gradient's terms over the features in place of the batch.",
        kind="outside",
        where=("batch_norm", "dim"),
    ),
)
