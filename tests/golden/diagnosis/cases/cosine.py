"""Slips in the gradient v/(|u||v|) - cos·u/|u|² of the cosine."""

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _parts(i: Inputs) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    u, v = i["u"], i["v"]
    nu, nv = u.square().sum().sqrt(), v.square().sum().sqrt()
    return u, v, nu, nv, (u * v).sum() / (nu * nv)


def right(i: Inputs) -> Tensor:
    u, v, nu, nv, cos = _parts(i)
    return v / (nu * nv) - cos * u / nu**2


def _norm_constant(i: Inputs) -> Tensor:
    _, v, nu, nv, _ = _parts(i)
    return v / (nu * nv)


def _dot_constant(i: Inputs) -> Tensor:
    u, _, nu, _, cos = _parts(i)
    return -cos * u / nu**2


def _norm_to_the_first(i: Inputs) -> Tensor:
    u, v, nu, nv, cos = _parts(i)
    return v / (nu * nv) - cos * u / nu


def _for_the_other(i: Inputs) -> Tensor:
    u, v, nu, nv, cos = _parts(i)
    return u / (nu * nv) - cos * v / nv**2


def _squared_norms(i: Inputs) -> Tensor:
    u, v, nu, nv, _ = _parts(i)
    dot = (u * v).sum()
    return v / (nu * nv) ** 2 - 2 * dot * u / (nu**4 * nv**2)


def _added(i: Inputs) -> Tensor:
    u, v, nu, nv, cos = _parts(i)
    return v / (nu * nv) + cos * u / nu**2


def _sum_of_absolutes(i: Inputs) -> Tensor:
    u, v = i["u"], i["v"]
    nu, nv = u.abs().sum(), v.abs().sum()
    return v / (nu * nv) - (u * v).sum() * torch.sign(u) / (nu**2 * nv)


CASES = (
    Case(
        id="cosine/norm_constant",
        wrong=_norm_constant,
        cause="Held the norm of u constant.",
        kind="dropped_path",
        where=("norm", "cosine_similarity", "denominator"),
    ),
    Case(
        id="cosine/dot_constant",
        wrong=_dot_constant,
        cause="Differentiated the norm only and held the inner product constant.",
        kind="dropped_path",
        where=("dot", "product", "cosine_similarity", "numerator"),
    ),
    Case(
        id="cosine/sign",
        wrong=lambda i: -right(i),
        cause="Turned the sign of the whole gradient, as for a cosine distance.",
        kind="sign",
    ),
    Case(
        id="cosine/two_decimals",
        wrong=lambda i: right(i).round(decimals=2),
        cause="Rounded the right gradient to two decimals where five were asked.",
        kind="rounded",
    ),
    Case(
        id="cosine/norm_constant_and_sign",
        wrong=lambda i: -_norm_constant(i),
        cause="Held the norm constant, and turned the sign.",
        kind="pair",
        where=("norm", "cosine_similarity", "denominator"),
        slips=("dropped_path", "sign"),
    ),
    Case(
        id="cosine/norm_to_the_first",
        wrong=_norm_to_the_first,
        cause="Divided the second term by the norm in place of its square.",
        kind="outside",
        where=("norm", "cosine_similarity"),
    ),
    Case(
        id="cosine/for_the_other",
        wrong=_for_the_other,
        cause="Differentiated for v.",
        kind="outside",
    ),
    Case(
        id="cosine/squared_norms",
        wrong=_squared_norms,
        cause="Forgot the square roots in the norms.",
        kind="outside",
        where=("norm", "cosine_similarity"),
    ),
    Case(
        id="cosine/added",
        wrong=_added,
        cause="Added the second term of the quotient rule.",
        kind="outside",
        where=("norm", "cosine_similarity"),
    ),
    Case(
        id="cosine/sum_of_absolutes",
        wrong=_sum_of_absolutes,
        cause="Took sums of absolute values for the norms.",
        kind="outside",
        where=("norm", "cosine_similarity"),
    ),
)
