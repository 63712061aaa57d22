"""Does a `quality` check ask for something? Not if a model that says always the same would do."""

from collections.abc import Iterator, Sequence
from functools import partial

import torch

from rubrics.audit.fit_cases import HALF, HALF_RIGHT
from rubrics.checks.case import References
from rubrics.checks.hidden import Author, Recorded
from rubrics.checks.quality import found_of, score_of, shape_of
from rubrics.checks.table import RECORD
from rubrics.code_check_specs import QualityCheck
from rubrics.findings import Finding
from rubrics.reference.gradient import AuthorError
from rubrics.schema import Question


def unfit_quality(question: Question, references: References, number: int) -> Iterator[Finding]:
    """What is wrong with the `quality` checks of one question, posed as that variant."""
    for check in question.checks:
        if isinstance(check, QualityCheck):
            found = partial(Finding, question=question.id, check=check.id)
            try:
                said = list(_trivial(check, question, references.author, number))
            except AuthorError as fault:
                where = f" (line {fault.line})" if fault.line else ""
                said = [f"the reference fails{where}: {fault}"]
            yield from (found(message=text) for text in said)


def _trivial(check: QualityCheck, question: Question, author: Author, number: int) -> Iterator[str]:
    key = (question.id, check.id, number)
    recorded = author.recorded(key, check.cases, check.call, RECORD["quality"](check, author))
    for name, outputs in _guesses(check, [_targets(one) for one in recorded]).items():
        shares = [
            _share(check, author, given, one.case.targets)
            for one, given in zip(recorded, outputs, strict=True)
        ]
        share = sum(shares) / len(shares)
        if share == 1:
            yield f"{name} is a right answer in every case"
        elif share >= HALF:
            yield f"{HALF_RIGHT} are right for {name}"


def _targets(one: Recorded) -> torch.Tensor:
    if not isinstance(one.case.targets, torch.Tensor):
        raise AuthorError("give `case(…).asking(inputs, targets=…)`, the targets a tensor")
    return one.case.targets


def _guesses(check: QualityCheck, targets: Sequence[torch.Tensor]) -> dict[str, list[torch.Tensor]]:
    """What says always the same: of scores those of the first class, else 0 or the mean."""
    zeros = [torch.zeros(shape_of(check, one), dtype=torch.float64) for one in targets]
    if check.columns is not None:
        first = [one.clone() for one in zeros]
        for one in first:
            one[..., 0] = 1
        return {"the first class for everything": first}
    means = [one + true.to(torch.float64).mean() for one, true in zip(zeros, targets, strict=True)]
    return {"0": zeros, "the mean of the targets": means}


def _share(check: QualityCheck, author: Author, given: torch.Tensor, targets: object) -> float:
    """nan, as a correlation with a constant is, earns nothing."""
    score = score_of(check, author, given, targets)
    return 0.0 if isinstance(score, str) else found_of(check, score).share
