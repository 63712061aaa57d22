"""Checks over hidden cases, with what is right in each case, and how far off an answer is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch

from rubrics.audit.far import Far, bases, farthest, of_result
from rubrics.audit.pretended import given
from rubrics.audit.repeated import COMPARED
from rubrics.audit.room import in_words
from rubrics.audit.setting import Setting
from rubrics.audit.truths import packed, unpacked
from rubrics.checks.attempt import attempt
from rubrics.checks.case import References
from rubrics.checks.close import Match, Rules
from rubrics.checks.hidden import Author, Recorded
from rubrics.checks.matching import parts
from rubrics.checks.table import RECORD
from rubrics.findings import Truth
from rubrics.reference.gradient import AuthorError
from rubrics.schema import Question
from rubrics.tolerance import Tolerance


@dataclass(frozen=True)
class Judged:
    """One case with what is right for it, as given and in float64."""

    recorded: Recorded
    plain: Any
    exact: Any


@dataclass(frozen=True)
class OverCases:
    """One check that compares results of hidden cases, in one variant."""

    question: Question
    check: Any
    author: Author
    cases: Sequence[Judged]

    @property
    def place(self) -> str:
        """The name of its truth."""
        return f"{self.question.id}/{self.check.id}/{self.check.kind}"

    @property
    def what(self) -> str:
        """The name under which the compared result is shipped."""
        return COMPARED[self.check.kind]

    @property
    def own(self) -> str:
        """The reference's name."""
        return str(next(iter(self.check.names.values())))

    @property
    def dtype(self) -> str:
        """Of the first floating number that is compared, float64 where there is none."""
        found = (part.numbers for one in self.cases for part in _matched(self, one, one.plain))
        return next((one.dtype for one in found if one is not None), "")

    @property
    def bases(self) -> tuple[Tolerance, ...]:
        """See `far.bases`."""
        return bases(self.check.tolerance, self.dtype or "float64")

    @property
    def allowed(self) -> str:
        """What is allowed, in words."""
        return in_words(self.check.tolerance, f"{self.dtype}'s")

    def off(self, results: Sequence[Any]) -> Far:
        """How far an answer is off that gives these results, one a case. Raises AuthorError."""
        found, scales = [], self.bases
        for one, result in zip(self.cases, results, strict=True):
            found.append(of_result(_matched(self, one, result), scales, one.recorded.title))
        return farthest(found)

    def share(self, case: Judged, result: Any) -> float:
        """How much of one case's result is right, from 0 to 1. Raises AuthorError."""
        found = _matched(self, case, result)
        return sum(one.right for one in found) / sum(one.total for one in found)

    def results(self, name: str) -> list[Any]:
        """What the author's function of that name gives in every case. Raises AuthorError."""
        names = dict.fromkeys(self.check.names, name)
        return [self.author.result(one.recorded, names)[self.what] for one in self.cases]


def over_cases(
    question: Question, references: References, number: int, setting: Setting
) -> Iterator[OverCases]:
    """Every check of the question that compares results, with what is right in each case."""
    for check in question.checks:
        if check.kind in COMPARED:
            key = (question.id, check.id, number)
            try:
                found = drawn(question, check, references.author, key)
            except AuthorError:
                continue  # told where the variant is looked at
            held = setting.truths.get(found.place)
            yield found if held is None else attempt(partial(_held, found, held), found)


def drawn(question: Question, check: Any, author: Author, key: tuple[str, str, int]) -> OverCases:
    """The check with the cases of one draw. Raises AuthorError."""
    record, what = RECORD[check.kind](check, author), COMPARED[check.kind]
    cases = []
    for one in author.recorded(key, check.cases, check.call, record):
        true = author.expected(one, check.names)
        cases.append(Judged(one, true.plain[what], true.exact[what]))
    return OverCases(question, check, author, cases)


def truth_of(found: OverCases) -> Truth | None:
    """What is right here, for another judge to be held to."""
    return packed(found.place, [[one.plain, one.exact] for one in found.cases])


def _held(found: OverCases, truth: Truth) -> OverCases:
    pairs = unpacked(truth, [[one.plain, one.exact] for one in found.cases])
    cases = [Judged(one.recorded, *pair) for one, pair in zip(found.cases, pairs, strict=True)]
    return OverCases(found.question, found.check, found.author, cases)


def _matched(found: OverCases, one: Judged, result: Any) -> list[Match]:
    check = found.check
    strict = getattr(check, "strict", check.kind != "faster_than")
    rules = Rules(strict, check.tolerance, check.allow_nonfinite)
    plain, exact = one.plain, one.exact
    if found.what == "gradients":
        result, plain, exact = with_zeros(result, plain, exact)
    return parts("the result", given(result), plain, exact, rules)


def with_zeros(*three: Any) -> tuple[Any, ...]:
    """Gradients for which no path is found are zeros, as where they are judged."""
    if len({len(one) if isinstance(one, list | tuple) else -1 for one in three}) > 1:
        return three
    filled = []
    for alike in zip(*three, strict=True):
        there = next((one for one in alike if isinstance(one, torch.Tensor)), torch.zeros(()))
        filled.append([torch.zeros_like(there) if one is None else one for one in alike])
    return tuple(tuple(one) for one in zip(*filled, strict=True))
