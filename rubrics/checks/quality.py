"""What a trained model gives on hidden data, scored outside."""

from typing import Any

import torch

from rubrics.checks.calls import record_calls
from rubrics.checks.case import Case
from rubrics.checks.hidden import Author, Recorded
from rubrics.checks.over_cases import Found, over_cases, shipped
from rubrics.checks.sorts import kind
from rubrics.code_check_specs import QualityCheck
from rubrics.grade import CheckGrade
from rubrics.job import CallResult
from rubrics.reference.gradient import AuthorError
from rubrics.reference.load import blamed_on_author


def quality(spec: QualityCheck, case: Case) -> CheckGrade:
    """Score the shipped outputs by the author's metric, higher is better. Raises AuthorError."""

    def verdict(recorded: Recorded, result: CallResult) -> Found:
        given = shipped(result, "value")
        score = score_of(spec, case.author, given, recorded.case.targets)
        return Found(0.0, score) if isinstance(score, str) else found_of(spec, score)

    return over_cases(spec, case, record_calls(spec, case.author), verdict, "component")


def score_of(spec: QualityCheck, author: Author, given: Any, targets: Any) -> float | str:
    """The author's metric of outputs, or a sentence if they have none. Raises AuthorError."""
    if not isinstance(targets, torch.Tensor):
        raise AuthorError("give `case(…).asking(inputs, targets=…)`, the targets a tensor")
    fault = _unfit(given, shape_of(spec, targets))
    if fault:
        return fault
    with blamed_on_author(author.name):
        return float(author.find(spec.metric)(given.detach().to(torch.float64), targets))


def shape_of(spec: QualityCheck, targets: torch.Tensor) -> list[int]:
    """The shape that outputs must have."""
    return [*targets.shape, *([] if spec.columns is None else [spec.columns])]


def found_of(spec: QualityCheck, score: float) -> Found:
    """What a score earns."""
    if score >= spec.at_least:
        return Found(1.0)
    said = f"It scores {score:.3g} on hidden data, {spec.at_least:g} is asked for."
    if spec.baseline is None or not score > spec.baseline:
        return Found(0.0, said)
    return Found((score - spec.baseline) / (spec.at_least - spec.baseline), said)


def _unfit(given: Any, shape: list[int]) -> str:
    if not isinstance(given, torch.Tensor):
        return f"The model gives {kind(given)}, a tensor is asked for."
    if list(given.shape) != shape:
        return f"The model gives shape {list(given.shape)}, {shape} is asked for."
    if given.is_complex() or not bool(given.isfinite().all()):
        return "The model gives numbers that are not finite."
    return ""
