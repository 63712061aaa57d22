"""Is it more than chance that an answer is like a mistake? What few or plain values share is not.

The rule is that of all explanations (see `rubrics.diagnose.evidence`); the results of calls are
taken apart for it into the numbers and words in which the mistake differs from what is right.
"""

import math
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import torch

from rubrics.checks.close import Rules
from rubrics.diagnose import sample
from rubrics.diagnose.evidence import chance, enough
from rubrics.tolerance import DEFAULTS

OVERFLOWS = 1e-4
"""The share of wrong answers that are, in the very same places, not finite."""

LETTER = 0.2
"""The share for each letter of the longest word, as each says some two bits: `yes` says too little.

The others come of the same few words, as where every case gives `yes` or `no`.
"""

Piece = tuple[float, float, float]
"""A number of the mistake's, the right one, and the room in which an answer is like it."""

Result = tuple[Any, Any]
"""What a function gave: on the very inputs, and on them in float64."""


def telling(wrong: torch.Tensor, allowed: torch.Tensor, true: torch.Tensor, weight: float) -> bool:
    """May an answer within `allowed` of `wrong` be called this mistake, or could it be chance?"""
    if true.shape != wrong.shape:
        true = torch.zeros_like(wrong)
    if wrong.is_complex():  # each part is a number of its own
        wrong, true = torch.view_as_real(wrong), torch.view_as_real(true)
        allowed = allowed.unsqueeze(-1).expand_as(wrong)
    return enough(chance(_numbers(wrong, true, allowed)), weight)


def telling_results(results: Iterable[tuple[Result, Any]], rules: Rules, weight: float) -> bool:
    """The same of results of any structure: each the mistake's, and the right one in float64."""
    pieces = list(chain.from_iterable(_pieces(wrong, true, rules) for wrong, true in results))
    numbers = [one for one in pieces if not isinstance(one, str)]
    finite = [one for one in numbers if all(map(math.isfinite, one))]
    share = chance(finite)
    if len(finite) < len(numbers) and finite:  # what overflows always, does so for any reason
        share *= OVERFLOWS
    longest = max((len(one) for one in pieces if isinstance(one, str)), default=0)
    return enough(share * LETTER**longest, weight)


def _pieces(wrong: Result, true: Any, rules: Rules) -> Iterator[Piece | str]:
    """Where the structure is another than that of `true`, all of it is the mistake's own."""
    plain, exact = wrong
    if isinstance(plain, dict):
        for key, one in plain.items():
            right = true.get(key) if isinstance(true, dict) else None
            yield from _pieces((one, exact[key]), right, rules)
    elif isinstance(plain, list | tuple):
        alike = isinstance(true, list | tuple) and len(true) == len(plain)
        rights = true if alike else [None] * len(plain)
        for one, finer, right in zip(plain, exact, rights, strict=True):
            yield from _pieces((one, finer), right, rules)
    elif _is_number(plain):
        yield from _of_numbers(_tensor(plain), _tensor(exact), true, rules)
    elif isinstance(plain, str) and plain != true:
        yield plain


def _of_numbers(
    plain: torch.Tensor, exact: torch.Tensor, true: Any, rules: Rules
) -> Iterator[Piece]:
    right = _tensor(true) if _is_number(true) else torch.zeros(())
    if plain.is_complex():
        plain, exact = torch.view_as_real(plain), torch.view_as_real(exact)
        right = torch.view_as_real(right.to(torch.complex128))
    table = rules.tolerance or DEFAULTS.get(str(plain.dtype).removeprefix("torch."))
    own, exact, right = (one.detach().double() for one in (plain, exact, right))
    exact = exact.where(own.isfinite(), own)  # float64 may hold what overflows
    if right.shape != exact.shape:
        right = torch.zeros_like(exact)
    if not plain.is_floating_point() or table is None:
        return _numbers(exact, right, torch.zeros_like(exact))
    return _numbers(exact, right, table.atol + table.rtol * exact.abs())


def _numbers(wrong: torch.Tensor, true: torch.Tensor, allowed: torch.Tensor) -> Iterator[Piece]:
    kept = sample(wrong.numel())
    columns = (column.flatten()[kept].tolist() for column in (wrong, true, allowed))
    return zip(*columns, strict=True)


def _is_number(value: Any) -> bool:
    """One, or an array of them."""
    array = isinstance(value, torch.Tensor) or type(value).__module__ == "numpy"
    return array or isinstance(value, bool | int | float | complex)


def _tensor(value: Any) -> torch.Tensor:
    wide = {float: torch.float64, complex: torch.complex128}
    return torch.as_tensor(value, dtype=wide.get(type(value)))
