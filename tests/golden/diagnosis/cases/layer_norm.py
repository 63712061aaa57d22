"""Slips in the gradient of layer normalisation: s·(h - mean h - u·mean(h·u)), with h = w·gamma."""

from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs

EPS = 1e-5


def _parts(i: Inputs) -> tuple[Tensor, Tensor, Tensor]:
    """The normalised rows u, one over their deviation s, and what reaches u from above, h."""
    x = i["x"]
    centred = x - x.mean(dim=1, keepdim=True)
    s = (centred.square().mean(dim=1, keepdim=True) + EPS).rsqrt()
    return centred * s, s, i["w"] * i["gamma"]


def _mean(values: Tensor) -> Tensor:
    return values.mean(dim=1, keepdim=True)


def right(i: Inputs) -> Tensor:
    u, s, h = _parts(i)
    return s * (h - _mean(h) - u * _mean(h * u))


def _statistics_constant(i: Inputs) -> Tensor:
    _, s, h = _parts(i)
    return s * h


def _variance_constant(i: Inputs) -> Tensor:
    _, s, h = _parts(i)
    return s * (h - _mean(h))


def _mean_constant(i: Inputs) -> Tensor:
    u, s, h = _parts(i)
    return s * (h - u * _mean(h * u))


def _no_gamma(i: Inputs) -> Tensor:
    u, s, _ = _parts(i)
    w = i["w"]
    return s * (w - _mean(w) - u * _mean(w * u))


def _no_gamma_variance_constant(i: Inputs) -> Tensor:
    _, s, _ = _parts(i)
    return s * (i["w"] - _mean(i["w"]))


def _output(i: Inputs) -> Tensor:
    u, _, _ = _parts(i)
    return u * i["gamma"] + i["beta"]


def _unbiased(i: Inputs) -> Tensor:
    x, h = i["x"], i["w"] * i["gamma"]
    centred = x - _mean(x)
    s = (centred.square().sum(dim=1, keepdim=True) / 3 + EPS).rsqrt()
    u = centred * s
    return s * (h - _mean(h) - u * (h * u).sum(dim=1, keepdim=True) / 3)


def _no_square_root(i: Inputs) -> Tensor:
    u, s, h = _parts(i)
    return s**2 * (h - _mean(h) - u * _mean(h * u))


def _variance_sign(i: Inputs) -> Tensor:
    u, s, h = _parts(i)
    return s * (h - _mean(h) + u * _mean(h * u))


def _down_the_batch(i: Inputs) -> Tensor:
    u, s, h = _parts(i)
    return s * (h - h.mean(dim=0) - u * (h * u).mean(dim=0))


CASES = (
    Case(
        id="layer_norm/variance_constant",
        wrong=_variance_constant,
        cause="Held the variance constant.",
        kind="dropped_path",
        where=("variance", "var", "layer_norm", "standard deviation"),
    ),
    Case(
        id="layer_norm/mean_constant",
        wrong=_mean_constant,
        cause="Held the mean constant.",
        kind="dropped_path",
        where=("mean", "layer_norm"),
    ),
    Case(
        id="layer_norm/statistics_constant",
        wrong=_statistics_constant,
        cause="Held both the mean and the variance constant.",
        kind="pair",
        where=("mean", "variance", "var", "layer_norm"),
        slips=("dropped_path", "dropped_path"),
    ),
    Case(
        id="layer_norm/no_gamma",
        wrong=_no_gamma,
        cause="Left out the gain gamma.",
        kind="missing_local_derivative",
        where=("gamma", "layer_norm", "gain"),
    ),
    Case(
        id="layer_norm/no_gamma_and_variance_constant",
        wrong=_no_gamma_variance_constant,
        cause="Left out the gain, and held the variance constant.",
        kind="pair",
        where=("gamma", "gain", "variance", "var", "layer_norm"),
        slips=("missing_local_derivative", "dropped_path"),
    ),
    Case(
        id="layer_norm/gave_output",
        wrong=_output,
        cause="Handed in the normalised output in place of the gradient.",
        kind="intermediate",
        where=("y", "layer_norm"),
    ),
    Case(
        id="layer_norm/sign",
        wrong=lambda i: -right(i),
        cause="Turned the sign of the whole gradient.",
        kind="sign",
    ),
    Case(
        id="layer_norm/unbiased",
        wrong=_unbiased,
        cause="Divided the variance by n - 1.",
        kind="outside",
        where=("variance", "var"),
    ),
    Case(
        id="layer_norm/no_square_root",
        wrong=_no_square_root,
        cause="Divided by the variance in place of its square root.",
        kind="outside",
        where=("variance", "var", "sqrt"),
    ),
    Case(
        id="layer_norm/variance_sign",
        wrong=_variance_sign,
        cause="Added the term of the variance that is to be subtracted.",
        kind="outside",
        where=("variance", "var"),
    ),
    Case(
        id="layer_norm/down_the_batch",
        wrong=_down_the_batch,
        cause="Averaged the gradient's terms down the batch, as batch normalisation does.",
        kind="outside",
        where=("layer_norm", "dim"),
    ),
)
