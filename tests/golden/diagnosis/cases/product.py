"""Slips in the derivative 2·x·y of x·x·y."""

from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def right(i: Inputs) -> Tensor:
    return 2 * i["x"] * i["y"]


CASES = (
    Case(
        id="product/one_use",
        wrong=lambda i: i["x"] * i["y"],
        cause="Differentiated one of the two uses of x.",
        kind="dropped_path",
        where=("x * x", "x"),
    ),
    Case(
        id="product/no_y",
        wrong=lambda i: 2 * i["x"],
        cause="Left out the factor y.",
        kind="missing_local_derivative",
        where=("y", "x * x * y"),
    ),
    Case(
        id="product/gave_value",
        wrong=lambda i: i["x"] * i["x"] * i["y"],
        cause="Handed in the product itself.",
        kind="intermediate",
        where=("x * x * y",),
    ),
    Case(
        id="product/sign",
        wrong=lambda i: -2 * i["x"] * i["y"],
        cause="Slipped a minus into the gradient.",
        kind="sign",
    ),
    Case(
        id="product/reversed",
        wrong=lambda i: right(i).flip(0),
        cause="Wrote the four numbers down in the opposite order.",
        kind="permutation",
    ),
    Case(
        id="product/sign_and_one_use",
        wrong=lambda i: -i["x"] * i["y"],
        cause="Differentiated one use of x only, and slipped a minus in.",
        kind="pair",
        where=("x * x", "x"),
        slips=("dropped_path", "sign"),
    ),
    Case(
        id="product/for_the_other",
        wrong=lambda i: i["x"] ** 2,
        cause="Differentiated for y.",
        kind="outside",
        where=("y", "x * x"),
    ),
    Case(
        id="product/cube",
        wrong=lambda i: 3 * i["x"] ** 2 * i["y"],
        cause="Read x·x·y as x³·y.",
        kind="outside",
    ),
    Case(
        id="product/added",
        wrong=lambda i: 2 * i["x"] + i["y"],
        cause="Added the factors' derivatives as if the product were a sum.",
        kind="outside",
    ),
)
