"""Slips in the derivative of mean(x^p) for p: the mean of x^p·ln x."""

from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def right(i: Inputs) -> Tensor:
    return (i["x"] ** i["p"] * i["x"].log()).mean()


CASES = (
    Case(
        id="exponent/sum_for_mean",
        wrong=lambda i: (i["x"] ** i["p"] * i["x"].log()).sum(),
        cause="Took the sum where the mean was asked for.",
        kind="scale",
        where=("mean",),
    ),
    Case(
        id="exponent/gave_value",
        wrong=lambda i: (i["x"] ** i["p"]).mean(),
        cause="Handed in the mean itself.",
        kind="intermediate",
        where=("mean", "x**p", "x ** p"),
    ),
    Case(
        id="exponent/common_logarithm",
        wrong=lambda i: (i["x"] ** i["p"] * i["x"].log10()).mean(),
        cause="Used the logarithm to base ten.",
        kind="outside",
        where=("log",),
    ),
    Case(
        id="exponent/for_the_base",
        wrong=lambda i: (i["p"] * i["x"] ** (i["p"] - 1)).mean(),
        cause="Used the power rule for x.",
        kind="outside",
        where=("x**p", "x ** p"),
    ),
)
