"""Slips in the gradient (p - t)/2 of cross-entropy with log-softmax written out."""

from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _parts(i: Inputs) -> tuple[Tensor, Tensor]:
    e = i["z"].exp()
    return e, e.sum(dim=1, keepdim=True)


def right(i: Inputs) -> Tensor:
    e, total = _parts(i)
    return (e / total - i["t"]) / 2


def _only_total(i: Inputs) -> Tensor:
    e, total = _parts(i)
    return e / total / 2


def _no_reciprocal(i: Inputs) -> Tensor:
    e, _ = _parts(i)
    return (e - i["t"]) / 2


def _no_exponential(i: Inputs) -> Tensor:
    _, total = _parts(i)
    return (1 / total - i["t"]) / 2


def _log_p(i: Inputs) -> Tensor:
    _, total = _parts(i)
    return i["z"] - total.log()


def _one_normaliser(i: Inputs) -> Tensor:
    e, _ = _parts(i)
    return (e / e.sum() - i["t"]) / 2


def _hard_target(i: Inputs) -> Tensor:
    e, total = _parts(i)
    hard = (i["t"] == i["t"].amax(dim=1, keepdim=True)).to(e.dtype)
    return (e / total - hard) / 2


CASES = (
    Case(
        id="log_softmax/total_constant",
        wrong=lambda i: -i["t"] / 2,
        cause="Held the sum of exponentials constant.",
        kind="dropped_path",
        where=("total", "log", "sum", "exp"),
    ),
    Case(
        id="log_softmax/only_total",
        wrong=_only_total,
        cause="Differentiated the sum of exponentials and forgot the plain z.",
        kind="dropped_path",
        where=("z - total.log()", "z"),
    ),
    Case(
        id="log_softmax/no_reciprocal",
        wrong=_no_reciprocal,
        cause="Left out the derivative 1/total of the logarithm.",
        kind="missing_local_derivative",
        where=("total.log()", "log"),
    ),
    Case(
        id="log_softmax/no_exponential",
        wrong=_no_exponential,
        cause="Left out the derivative of the exponential.",
        kind="missing_local_derivative",
        where=("z.exp()", "exp"),
    ),
    Case(
        id="log_softmax/sum_for_mean",
        wrong=lambda i: 2 * right(i),
        cause="Summed the two rows' losses where the mean was asked for.",
        kind="scale",
        where=("mean",),
    ),
    Case(
        id="log_softmax/sign",
        wrong=lambda i: -right(i),
        cause="Forgot the minus of the loss.",
        kind="sign",
        where=("-",),
    ),
    Case(
        id="log_softmax/gave_log_p",
        wrong=_log_p,
        cause="Handed in log_p in place of the gradient.",
        kind="intermediate",
        where=("log_p",),
    ),
    Case(
        id="log_softmax/two_decimals",
        wrong=lambda i: right(i).round(decimals=2),
        cause="Gave the right gradient to two decimals where four were asked.",
        kind="rounded",
    ),
    Case(
        id="log_softmax/no_reciprocal_and_sign",
        wrong=lambda i: -_no_reciprocal(i),
        cause="Left out the 1/total of the logarithm, and the minus of the loss.",
        kind="pair",
        where=("total.log()", "log"),
        slips=("missing_local_derivative", "sign"),
    ),
    Case(
        id="log_softmax/one_normaliser",
        wrong=_one_normaliser,
        cause="Normalised over all eight entries instead of row by row.",
        kind="outside",
        where=("sum", "dim"),
    ),
    Case(
        id="log_softmax/hard_target",
        wrong=_hard_target,
        cause="Put a one-hot at the largest target in place of the soft target.",
        kind="outside",
        where=("t",),
    ),
)
