"""The author's misconceptions as code: which of them did the student have?"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch

from rubrics.answers.produced import Incomparable, Produced, apart
from rubrics.check_base import Misconception
from rubrics.check_specs import ValuesCheck
from rubrics.checks.case import Case
from rubrics.checks.hidden import Recorded
from rubrics.checks.matching import Rules, match
from rubrics.checks.over_cases import Absent, Ended, result_of, shipped
from rubrics.code_check_specs import CallsCheck
from rubrics.diagnose import MOST, sample
from rubrics.diagnose.evidence import chance, enough
from rubrics.grade import Diagnosis
from rubrics.reference.gradient import AuthorError
from rubrics.reference.load import Expected

WEIGHT = 0.5
"""The share of wrong answers that are one of these: an author names what is often seen."""

Give = Callable[[Expected], Produced]
"""The answer, with the room that it has around what is called right."""

NOT_THIS = (AuthorError, Incomparable, Absent, Ended)
"""A misconception that fails is our fault, which `xgrad check` tells: it explains nothing."""


@dataclass(frozen=True)
class Known:
    """The misconception that fits: how it is told, and the share (0 to 1) that it earns."""

    diagnosis: Diagnosis
    credit: float


Why = tuple[Diagnosis, ...]


def with_known(share: float, why: Why, known: Known | None) -> tuple[float, Why]:
    """The share earned and the explanations, where a misconception may be known."""
    if known is None:
        return share, why
    return max(share, known.credit), (known.diagnosis, *why)[:MOST]


def mistake_in_values(
    spec: ValuesCheck, case: Case, dtype: str, give: Give, true: torch.Tensor
) -> Known | None:
    """The first whose numbers these are, unless chance would do as well. `true` are the right."""
    for one in spec.mistakes:
        try:
            wrong = case.references.expected(one.reference, dtype)
            if same_numbers(give(wrong), wrong, true, WEIGHT / len(spec.mistakes)):
                return known_as(one)
        except NOT_THIS:
            continue
    return None


def same_numbers(given: Produced, wrong: Expected, true: torch.Tensor, weight: float) -> bool:
    """Are all components those of `wrong`, and is that more than chance?"""
    if not bool((apart(given.values, wrong.exact) <= given.allowed).all()):
        return False
    return telling(wrong.exact, given.allowed, true, weight)


def telling(wrong: torch.Tensor, allowed: torch.Tensor, true: torch.Tensor, weight: float) -> bool:
    """May an answer within `allowed` of `wrong` be called this mistake, or could it be chance?"""
    if true.shape != wrong.shape:
        true = torch.zeros_like(wrong)
    kept = sample(wrong.numel())
    columns = (column.flatten()[kept].tolist() for column in (wrong, true, allowed))
    return enough(chance(zip(*columns, strict=True)), weight)


def mistake_in_calls(spec: CallsCheck, case: Case, recorded: tuple[Recorded, ...]) -> Known | None:
    """The first whose results these are in every case, those where it is right included."""
    for one in spec.mistakes:
        try:
            if all(_same_result(spec, case, at, one) for at in recorded):
                return known_as(one)
        except NOT_THIS:
            continue
    return None


def _same_result(spec: CallsCheck, case: Case, at: Recorded, one: Misconception) -> bool:
    given = shipped(result_of(case, at), "value")
    wrong = case.author.expected(replace(at, expected=None), names_of(spec, one.reference))
    # What overflows is a misconception too, whatever the check says of right results.
    rules = Rules(spec.strict, spec.tolerance, allow_nonfinite=True)
    return match("it", given, wrong.plain["value"], wrong.exact["value"], rules).share == 1


def names_of(spec: CallsCheck, reference: str) -> dict[str, str]:
    """The author's name by the student's, with another function in the reference's place."""
    return dict.fromkeys(spec.names, reference)


def known_as(one: Misconception) -> Known:
    """That it is this one."""
    found = Diagnosis(kind="known_mistake", where=f"`{one.reference}`", text=one.feedback)
    return Known(found, one.credit)
