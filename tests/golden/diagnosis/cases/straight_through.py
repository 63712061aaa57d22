"""Slips with a quantiser whose backward passes the gradient on: 2/5·(q - t) + 0.3·x."""

from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _quantised(i: Inputs) -> Tensor:
    return (i["x"] * 4).round() / 4


def _fit(i: Inputs) -> Tensor:
    return 2 / 5 * (_quantised(i) - i["t"])


def _penalty(i: Inputs) -> Tensor:
    return 0.3 * i["x"]


def right(i: Inputs) -> Tensor:
    return _fit(i) + _penalty(i)


CASES = (
    Case(
        id="straight_through/quantiser_flat",
        wrong=_penalty,
        cause="Took the quantiser's derivative to be zero, so only the penalty is left.",
        kind="dropped_path",
        where=("Quantise", "fit", "q"),
    ),
    Case(
        id="straight_through/penalty_dropped",
        wrong=_fit,
        cause="Forgot the penalty.",
        kind="dropped_path",
        where=("penalty", "x**2", "x ** 2"),
    ),
    Case(
        id="straight_through/fit_summed",
        wrong=lambda i: 5 * _fit(i) + _penalty(i),
        cause="Took the sum for the mean in the fit.",
        kind="missing_local_derivative",
        where=("mean", "fit"),
    ),
    Case(
        id="straight_through/no_twos",
        wrong=lambda i: right(i) / 2,
        cause="Wrote the derivatives of both squares without the factor two.",
        kind="scale",
        where=("**",),
    ),
    Case(
        id="straight_through/quantiser_flat_and_no_two",
        wrong=lambda i: 0.15 * i["x"],
        cause="Took the quantiser to be flat, and left out the factor two of the penalty.",
        kind="pair",
        where=("Quantise", "fit", "q", "penalty", "**"),
        slips=("dropped_path", "scale"),
    ),
    Case(
        id="straight_through/not_quantised",
        wrong=lambda i: 2 / 5 * (i["x"] - i["t"]) + _penalty(i),
        cause="Forgot to quantise in the forward pass.",
        kind="outside",
        where=("Quantise", "q"),
    ),
    Case(
        id="straight_through/quantised_penalty",
        wrong=lambda i: _fit(i) + 0.3 * _quantised(i),
        cause="Took the penalty of the quantised values.",
        kind="outside",
        where=("penalty",),
    ),
    Case(
        id="straight_through/sign_of_fit",
        wrong=lambda i: -_fit(i) + _penalty(i),
        cause="Turned the sign of the fit's error only.",
        kind="outside",
        where=("fit", "q - t"),
    ),
)
