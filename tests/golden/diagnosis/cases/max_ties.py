"""Slips in the gradient of squared gaps below the maximum, where two entries tie."""

from torch import Tensor

from tests.golden.diagnosis.case import Case, Inputs


def _gap(i: Inputs) -> Tensor:
    return i["x"] - i["x"].amax(dim=1, keepdim=True)


def _even(i: Inputs) -> Tensor:
    """The share of each entry in its row's maximum, split evenly among ties."""
    top = (_gap(i) == 0).to(i["x"].dtype)
    return top / top.sum(dim=1, keepdim=True)


def _with_shares(h: Tensor, shares: Tensor) -> Tensor:
    return h - shares * h.sum(dim=1, keepdim=True)


def _to_gap(i: Inputs) -> Tensor:
    return 2 * i["c"] * _gap(i)


def right(i: Inputs) -> Tensor:
    return _with_shares(_to_gap(i), _even(i))


def _only_maximum(i: Inputs) -> Tensor:
    return -_even(i) * _to_gap(i).sum(dim=1, keepdim=True)


def _no_c(i: Inputs) -> Tensor:
    return _with_shares(2 * _gap(i), _even(i))


def _each_tie_in_full(i: Inputs) -> Tensor:
    return _with_shares(_to_gap(i), (_gap(i) == 0).to(i["x"].dtype))


def _single(i: Inputs, column: int) -> Tensor:
    shares = _even(i)
    shares[0] = 0
    shares[0, column] = 1
    return _with_shares(_to_gap(i), shares)


def _maximum_of_all(i: Inputs) -> Tensor:
    gap = i["x"] - i["x"].amax()
    top = (gap == 0).to(gap.dtype)
    h = 2 * i["c"] * gap
    return h - top / top.sum() * h.sum()


CASES = (
    Case(
        id="max_ties/maximum_constant",
        wrong=_to_gap,
        cause="Held the maximum constant.",
        kind="dropped_path",
        where=("amax", "m"),
    ),
    Case(
        id="max_ties/only_maximum",
        wrong=_only_maximum,
        cause="Differentiated the maximum and forgot x itself.",
        kind="dropped_path",
        where=("x - m", "x"),
    ),
    Case(
        id="max_ties/no_two",
        wrong=lambda i: _with_shares(i["c"] * _gap(i), _even(i)),
        cause="Wrote the derivative of the square without its factor two.",
        kind="scale",
        where=("gap**2", "**", "gap ** 2"),
    ),
    Case(
        id="max_ties/square_not_differentiated",
        wrong=lambda i: _with_shares(i["c"], _even(i)),
        cause="Left out the derivative of the square.",
        kind="missing_local_derivative",
        where=("gap**2", "**", "gap ** 2"),
    ),
    Case(
        id="max_ties/no_c",
        wrong=_no_c,
        cause="Left out the factor c.",
        kind="missing_local_derivative",
        where=("c * gap**2", "c", "c *"),
    ),
    Case(
        id="max_ties/maximum_constant_and_no_two",
        wrong=lambda i: i["c"] * _gap(i),
        cause="Held the maximum constant, and left out the factor two of the square.",
        kind="pair",
        where=("amax", "m", "gap**2", "**", "gap ** 2"),
        slips=("dropped_path", "scale"),
    ),
    Case(
        id="max_ties/each_tie_in_full",
        wrong=_each_tie_in_full,
        cause="Gave each of the tied entries the whole gradient of the maximum.",
        kind="outside",
        where=("amax", "tie"),
    ),
    Case(
        id="max_ties/first_tie",
        wrong=lambda i: _single(i, 1),
        cause="Gave the first of the tied entries all of the gradient.",
        kind="outside",
        where=("amax", "tie"),
    ),
    Case(
        id="max_ties/last_tie",
        wrong=lambda i: _single(i, 2),
        cause="Gave the last of the tied entries all of the gradient.",
        kind="outside",
        where=("amax", "tie"),
    ),
    Case(
        id="max_ties/maximum_of_all",
        wrong=_maximum_of_all,
        cause="Took one maximum over both rows.",
        kind="outside",
        where=("amax", "dim"),
    ),
)
