"""The room of `gradcheck`: how far the reference's own gradient is off its own slope."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import torch

from rubrics.audit.far import Far, bases, farthest, of_numbers, other_kind
from rubrics.audit.room import in_words, made
from rubrics.audit.setting import ORDERS, Setting, ordered
from rubrics.checks.attempt import attempt
from rubrics.checks.case import References
from rubrics.checks.gradcheck import slopes as slopes_of
from rubrics.checks.hidden import Author, Recorded
from rubrics.checks.over_cases import HIDDEN, shipped
from rubrics.checks.table import RECORD
from rubrics.code_check_specs import GradcheckCheck
from rubrics.findings import Room, WrongSample
from rubrics.reference.gradient import AuthorError
from rubrics.schema import Question
from rubrics.tolerance import Tolerance

Wrong = tuple[Far, str]


def slopes(
    question: Question, references: References, number: int, setting: Setting
) -> Iterator[Room]:
    """The room of every `gradcheck` of the question; what fails is told elsewhere."""
    author = references.author
    for check in question.checks:
        if not isinstance(check, GradcheckCheck):
            continue
        try:
            recorded = _recorded(check, author, (question.id, check.id, number))
            found = list(_rights(check, author, recorded, setting))
        except AuthorError:
            continue
        wrongs = list(_wrongs(check, author, question, setting)) if setting.first else []
        own = check.tolerance
        place = (question.id, check.id, check.kind)
        yield made(place, _bases(own), found, wrongs, tolerance=in_words(own, ""))


def _recorded(
    check: GradcheckCheck, author: Author, key: tuple[str, str, int]
) -> Sequence[Recorded]:
    return author.recorded(key, check.cases, check.call, RECORD[check.kind](check, author))


def _bases(own: Tolerance) -> tuple[Tolerance, ...]:
    return bases(own, "float64")


def _rights(
    check: GradcheckCheck, author: Author, recorded: Sequence[Recorded], setting: Setting
) -> Iterator[Wrong]:
    name = next(iter(check.names.values()))
    for order in ORDERS:
        try:
            with ordered(order):
                results = [author.result(one, check.names) for one in recorded]
        except AuthorError:
            if order:
                continue  # some code cannot be run so
            raise
        pairs = zip(recorded, results, strict=True)
        off = farthest([_off(check, one, result) for one, result in pairs])
        yield off, setting.told(name, order)


def _off(check: GradcheckCheck, one: Recorded, result: Mapping[str, Any]) -> Far:
    try:
        pairs = list(slopes_of(check, one, result.__getitem__))
    except (TypeError, ValueError) as fault:
        return other_kind(str(fault), _bases(check.tolerance), one.title)
    own, numeric = torch.tensor(pairs, dtype=torch.float64).unbind(dim=1)
    allowed = check.tolerance.atol + check.tolerance.rtol * numeric.abs()
    never = torch.zeros_like(allowed, dtype=torch.bool)
    return of_numbers((own - numeric).abs(), allowed, numeric, never, _bases(check.tolerance))


def _wrongs(
    check: GradcheckCheck, author: Author, question: Question, setting: Setting
) -> Iterator[Wrong]:
    """Samples whose gradient is not their slope; others are wrong for another reason."""
    for sample in setting.samples:
        if check.id in sample.checks and sample.question == question.id:
            off = attempt(partial(_sample, check, author, question, sample), None)
            if off is not None and off.share > 1:
                yield off, f"the sample {sample.name}"


def _sample(check: GradcheckCheck, author: Author, question: Question, sample: WrongSample) -> Far:
    run = sample.others[HIDDEN] if check.hidden else sample.run
    if run is None:
        raise ValueError("it was not run")
    found = []
    for one in _recorded(check, author, (question.id, check.id, sample.seed)):
        result = run.calls[one.call.name]
        found.append(_off(check, one, {name: shipped(result, name) for name in result.values}))
    return farthest(found)
