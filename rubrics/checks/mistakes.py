"""The author's misconceptions as code: which of them did the student have?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import torch

from rubrics.answers.produced import Incomparable, Produced, apart
from rubrics.check_base import Misconception
from rubrics.check_specs import ValuesCheck
from rubrics.checks.case import Case
from rubrics.checks.close import Rules
from rubrics.checks.hidden import Expected as Results
from rubrics.checks.hidden import Recorded
from rubrics.checks.matching import match
from rubrics.checks.over_cases import Absent, Ended, result_of, shipped
from rubrics.checks.probe import Probe
from rubrics.checks.telling import Result, telling, telling_results
from rubrics.code_check_specs import CallsCheck
from rubrics.diagnose import MOST
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


def mistake_in_calls(
    spec: CallsCheck, case: Case, recorded: tuple[Recorded, ...], probe: Probe | None
) -> Known | None:
    """The first whose results these are in every case, those where it is right included.

    Unless chance would do as well. What is not like it in the probe, whose results are kept, is not
    tried in other cases; what earns credit is like it in all of them.
    """
    for one in spec.mistakes:
        names = names_of(spec, one.reference)
        try:
            if probe is not None and _unlike(spec, case, probe, one.reference):
                continue
            pairs = _alike(spec, case, recorded, names)
            if telling_results(pairs, _rules(spec), WEIGHT / len(spec.mistakes)):
                return known_as(one)
        except NOT_THIS:
            continue
    return None


def _rules(spec: CallsCheck) -> Rules:
    """What overflows is a misconception too, whatever the check says of right results."""
    return Rules(spec.strict, spec.tolerance, allow_nonfinite=True)


def _unlike(spec: CallsCheck, case: Case, probe: Probe, reference: str) -> bool:
    """Whether the code gave something else; what it did not come to says nothing."""
    try:
        given = shipped(result_of(case, probe.recorded), "value")
    except (Absent, Ended):
        return False
    wrong = probe.mistaken(reference, names_of(spec, reference))
    return _share(spec, given, wrong) < 1


def _alike(
    spec: CallsCheck, case: Case, recorded: tuple[Recorded, ...], names: dict[str, str]
) -> list[tuple[Result, Any]]:
    """What the mistake gives in each case, and what is right; nothing if one result is another."""
    found = list[tuple[Result, Any]]()
    for at in recorded:
        given = shipped(result_of(case, at), "value")
        wrong = case.author.expected(replace(at, expected=None), names)
        if _share(spec, given, wrong) < 1:
            return []
        true = case.author.expected(at, spec.names).exact["value"]
        found.append(((wrong.plain["value"], wrong.exact["value"]), true))
    return found


def _share(spec: CallsCheck, given: Any, wrong: Results) -> float:
    return match("it", given, wrong.plain["value"], wrong.exact["value"], _rules(spec)).share


def names_of(spec: CallsCheck, reference: str) -> dict[str, str]:
    """The author's name by the student's, with another function in the reference's place."""
    return dict.fromkeys(spec.names, reference)


def known_as(one: Misconception) -> Known:
    """That it is this one."""
    found = Diagnosis(kind="known_mistake", where=f"`{one.reference}`", text=one.feedback)
    return Known(found, one.credit)
