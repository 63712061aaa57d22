"""Slips in the gradient of c·inv(a)·b, which is minus inv(a).T c times (inv(a) b).T."""

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def right(i: Inputs) -> Tensor:
    inverse = torch.linalg.inv(i["a"])
    return -torch.outer(inverse.T @ i["c"], inverse @ i["b"])


def _no_c(i: Inputs) -> Tensor:
    inverse = torch.linalg.inv(i["a"])
    return -torch.outer(inverse.sum(dim=0), inverse @ i["b"])


def _no_transpose(i: Inputs) -> Tensor:
    inverse = torch.linalg.inv(i["a"])
    return -torch.outer(inverse @ i["c"], inverse @ i["b"])


def _entry_by_entry(i: Inputs) -> Tensor:
    inverse: Tensor = torch.linalg.inv(i["a"])
    return -(inverse**2) * torch.outer(i["c"], i["b"])


def _once(i: Inputs) -> Tensor:
    return -torch.outer(i["c"], torch.linalg.inv(i["a"]) @ i["b"])


CASES = (
    Case(
        id="inverse/sign",
        wrong=lambda i: -right(i),
        cause="Forgot the minus in the derivative of the inverse.",
        kind="sign",
        where=("inv",),
    ),
    Case(
        id="inverse/transposed",
        wrong=lambda i: right(i).T,
        cause="Gave the gradient of the transposed matrix.",
        kind="transpose",
    ),
    Case(
        id="inverse/not_differentiated",
        wrong=lambda i: torch.outer(i["c"], i["b"]),
        cause="Left out the derivative of the inverse.",
        kind="missing_local_derivative",
        where=("inv",),
    ),
    Case(
        id="inverse/no_c",
        wrong=_no_c,
        cause="Left out the factor c.",
        kind="missing_local_derivative",
        where=("c @ x", "c"),
    ),
    Case(
        id="inverse/gave_inverse",
        wrong=lambda i: torch.linalg.inv(i["a"]),
        cause="Handed in the inverse in place of the gradient.",
        kind="intermediate",
        where=("inverse", "inv"),
    ),
    Case(
        id="inverse/sign_and_transposed",
        wrong=lambda i: -right(i).T,
        cause="Forgot the minus, and transposed the result.",
        kind="pair",
        where=("inv",),
        slips=("sign", "transpose"),
    ),
    Case(
        id="inverse/no_transpose_within",
        wrong=_no_transpose,
        cause="Used the inverse where its transpose belongs.",
        kind="outside",
        where=("inv",),
    ),
    Case(
        id="inverse/entry_by_entry",
        wrong=_entry_by_entry,
        cause="Differentiated the inverse entry by entry, as one over a number.",
        kind="outside",
        where=("inv",),
    ),
    Case(
        id="inverse/once",
        wrong=_once,
        cause="Multiplied by the inverse on one side only.",
        kind="outside",
        where=("inv",),
    ),
)
