"""Whether a cause that the engine names is the true one. README.md says the rules in words."""

import re
from dataclasses import dataclass

import torch
from torch import Tensor

from tests.golden.diagnosis.case import Case, Kind

PLACED: frozenset[Kind] = frozenset({"dropped_path", "missing_local_derivative", "intermediate"})
# One slip can be told as any of these where the numbers are a multiple of each other.
FACTORS: frozenset[Kind] = frozenset({"dropped_path", "missing_local_derivative", "scale"})


@dataclass(frozen=True)
class Slip:
    """One slip as the engine names it: its kind, and the place in the author's words or code."""

    kind: Kind
    place: str = ""


def place_fits(place: str, where: tuple[str, ...]) -> bool:
    """Whether `place` holds one of the words, whole, spaces and capitals aside."""
    return any(_holds(_flat(place), _flat(word)) for word in where)


def _flat(text: str) -> str:
    return re.sub(r"\s*([^\w\s])\s*", r"\1", text.lower())


def _holds(flat: str, word: str) -> bool:
    before = r"(?<![a-z0-9_])" if word[0].isidentifier() else ""
    # A stem such as "normalis" stands for its endings; a name of one letter stands for itself.
    after = r"(?![a-z0-9_])" if len(word) < 4 and word[-1].isalnum() else ""
    return re.search(before + re.escape(word) + after, flat) is not None


def is_multiple(wrong: Tensor, right: Tensor) -> bool:
    """Whether the unrounded wrong gradient is the right one times one number.

    Never for a scalar: there every number is, and it says nothing.
    """
    if right.numel() == 1:
        return False
    factor = (wrong * right).sum() / right.square().sum()
    return torch.allclose(wrong, factor * right, rtol=1e-9, atol=1e-12)


def names_true_cause(case: Case, named: tuple[Slip, ...], multiple: bool) -> bool:
    """Whether one explanation of the engine (its slips together) is the case's true cause."""
    placed = all(place_fits(slip.place, case.where) for slip in named if slip.kind in PLACED)
    if not case.family:
        return _honest(named, placed, multiple)
    return placed and _kinds_fit(case, tuple(slip.kind for slip in named), multiple)


def _honest(named: tuple[Slip, ...], placed: bool, multiple: bool) -> bool:
    if multiple and {slip.kind for slip in named} <= FACTORS:
        return True
    return placed and any(slip.kind in PLACED for slip in named)


def _kinds_fit(case: Case, kinds: tuple[Kind, ...], multiple: bool) -> bool:
    expected = case.slips or (case.kind,)
    if sorted(kinds) == sorted(expected):
        return True
    if case.slips:
        same = _by_class(kinds) == _by_class(expected)
        return same or (len(kinds) == 1 and _by_class(expected) == _by_class(kinds * 2))
    return multiple and len(kinds) == 1 and {*kinds, case.kind} <= FACTORS


def _by_class(kinds: tuple[Kind, ...]) -> list[str]:
    return sorted("factor" if kind in FACTORS else kind for kind in kinds)
