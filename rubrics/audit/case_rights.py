"""How far right functions lie apart in checks over hidden cases."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from rubrics.audit.cases import OverCases
from rubrics.audit.far import Far, other_kind
from rubrics.audit.setting import MOST_S, ORDERS, Setting, ordered
from rubrics.checks.attempt import attempt
from rubrics.reference.gradient import AuthorError


@dataclass
class Rights:
    """Right answers tried one after another; `partly` if time did not allow all of them."""

    found: list[tuple[Far, str]]
    partly: bool = False


def rights(one: OverCases, setting: Setting) -> Rights:
    """Every right function in every order of sums, and the reference in float64, rounded.

    Raises AuthorError if the reference itself fails.
    """
    until = time.monotonic() + MOST_S
    tried = Rights([(one.off(one.results(one.own)), setting.told(one.own))])
    rounded = attempt(
        lambda: one.off([_rounded(case.plain, case.exact) for case in one.cases]), None
    )
    if rounded is not None and setting.first:
        tried.found.append((rounded, setting.told(one.own, "in float64 and rounded")))
    for name in (one.own, *getattr(one.check, "equivalents", ())):
        for order in ORDERS:
            if name == one.own and not order:
                continue
            if time.monotonic() > until:
                tried.partly = True
                return tried
            try:
                with ordered(order):
                    results = one.results(name)
            except AuthorError:
                continue  # that an equivalent fails is told where the variant is looked at
            tried.found.append((_off(one, results), setting.told(name, order)))
    return tried


def _off(one: OverCases, results: Sequence[Any]) -> Far:
    try:
        return one.off(results)
    except AuthorError as fault:
        return other_kind(str(fault), one.bases)


def _rounded(plain: Any, exact: Any) -> Any:
    """The float64 result in the dtypes of the plain one; where that is not finite, the plain."""
    if isinstance(plain, dict):
        return {key: _rounded(one, exact[key]) for key, one in plain.items()}
    if isinstance(plain, list | tuple):
        both = [_rounded(*pair) for pair in zip(plain, exact, strict=True)]
        return both if isinstance(plain, list) else tuple(both)
    if not isinstance(plain, torch.Tensor) or not plain.is_floating_point():
        return plain
    return torch.where(plain.isfinite(), exact.to(plain.dtype), plain)
