"""Slips in the gradient of a bias: the sum over the batch of what reaches each row."""

from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _output(i: Inputs) -> Tensor:
    return (i["x"] @ i["w"] + i["b"]).tanh()


def _rows(i: Inputs) -> Tensor:
    """What each example gives to the bias, one row an example."""
    return i["c"] * (1 - _output(i) ** 2) / 12


def right(i: Inputs) -> Tensor:
    return _rows(i).sum(dim=0)


def _no_tanh(i: Inputs) -> Tensor:
    return i["c"].sum(dim=0) / 12


def _no_c(i: Inputs) -> Tensor:
    return (1 - _output(i) ** 2).sum(dim=0) / 12


def _tanh_without_square(i: Inputs) -> Tensor:
    return (i["c"] * (1 - _output(i))).sum(dim=0) / 12


def _bias_left_out(i: Inputs) -> Tensor:
    out = (i["x"] @ i["w"]).tanh()
    return (i["c"] * (1 - out**2)).sum(dim=0) / 12


CASES = (
    Case(
        id="bias_broadcast/no_tanh",
        wrong=_no_tanh,
        cause="Left out the derivative of tanh.",
        kind="missing_local_derivative",
        where=("tanh",),
    ),
    Case(
        id="bias_broadcast/no_c",
        wrong=_no_c,
        cause="Left out the factor c.",
        kind="missing_local_derivative",
        where=("c * y", "c"),
    ),
    Case(
        id="bias_broadcast/batch_averaged",
        wrong=lambda i: _rows(i).mean(dim=0),
        cause="Averaged over the batch where the broadcast asks for a sum.",
        kind="scale",
        where=("+ b", "broadcast", "mean"),
    ),
    Case(
        id="bias_broadcast/sum_for_mean",
        wrong=lambda i: 12 * right(i),
        cause="Took the sum where the mean was asked for.",
        kind="scale",
        where=("mean",),
    ),
    Case(
        id="bias_broadcast/two_decimals",
        wrong=lambda i: right(i).round(decimals=2),
        cause="Rounded the right gradient to two decimals where five were asked.",
        kind="rounded",
    ),
    Case(
        id="bias_broadcast/no_tanh_and_sum",
        wrong=lambda i: 12 * _no_tanh(i),
        cause="Left out the derivative of tanh, and took the sum for the mean.",
        kind="pair",
        where=("tanh", "mean"),
        slips=("missing_local_derivative", "scale"),
    ),
    Case(
        id="bias_broadcast/first_row",
        wrong=lambda i: _rows(i)[0],
        cause="Gave the first example's gradient and never summed over the batch.",
        kind="outside",
        where=("+ b", "broadcast"),
    ),
    Case(
        id="bias_broadcast/last_row_left_out",
        wrong=lambda i: _rows(i)[:2].sum(dim=0),
        cause="Summed over the first two examples only.",
        kind="outside",
        where=("+ b", "broadcast"),
    ),
    Case(
        id="bias_broadcast/tanh_without_square",
        wrong=_tanh_without_square,
        cause="Wrote the derivative of tanh as 1 - tanh.",
        kind="outside",
        where=("tanh",),
    ),
    Case(
        id="bias_broadcast/bias_left_out",
        wrong=_bias_left_out,
        cause="Took the derivative of tanh at x @ w, without the bias.",
        kind="outside",
        where=("b", "tanh"),
    ),
)
