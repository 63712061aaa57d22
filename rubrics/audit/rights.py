"""Right functions written or evaluated in another way must pass checks over hidden cases too."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import Any

import torch

from rubrics.audit.pretended import given, pretended
from rubrics.audit.reordered import Reordered, backwards, evens_first
from rubrics.audit.repeated import COMPARED
from rubrics.checks.case import References
from rubrics.checks.hidden import Author, Expected, Recorded
from rubrics.checks.matching import Rules, match
from rubrics.checks.table import RECORD
from rubrics.findings import Finding
from rubrics.reference.gradient import AuthorError
from rubrics.schema import Question

TIGHT = "the tolerance fails a right answer"
ORDERS = {"": None, "sums backwards": backwards, "sums in another order": evens_first}

Cases = Sequence[tuple[Recorded, Expected]]


def too_tight(question: Question, references: References, number: int) -> Iterator[Finding]:
    """The first right function of each check that does not pass, posed as that variant."""
    for check in question.checks:
        if check.kind in COMPARED:
            try:
                said = next(_failing(check, question, references.author, number), "")
            except AuthorError:
                continue  # told where the check itself is looked at
            if said:
                message = f"{TIGHT}: {said}"
                yield Finding(question=question.id, check=check.id, message=message)


def _failing(check: Any, question: Question, author: Author, number: int) -> Iterator[str]:
    record = RECORD[check.kind](check, author)
    recorded = author.recorded((question.id, check.id, number), check.cases, check.call, record)
    cases = [(one, author.expected(one, check.names)) for one in recorded]
    own = next(iter(check.names.values()))
    for name in (own, *getattr(check, "equivalents", ())):
        for order in ORDERS:
            if name != own or order:
                yield from _wrong(check, author, cases, name, order)


def _wrong(check: Any, author: Author, cases: Cases, name: str, order: str) -> Iterator[str]:
    what, strict = COMPARED[check.kind], getattr(check, "strict", check.kind != "faster_than")
    rules = Rules(strict, check.tolerance, check.allow_nonfinite)
    names = dict.fromkeys(check.names, name)
    said = f"`{name}`" + (f" with {order}" if order else "")
    for one, true in cases:
        change = ORDERS[order]
        try:
            with Reordered(change) if change else nullcontext():
                other = pretended(author, one, names)
        except AuthorError as fault:
            if not order:
                yield f"{said} fails{f' (line {fault.line})' if fault.line else ''}: {fault}"
            return
        three = (other.plain[what], true.plain[what], true.exact[what])
        mine, plain, exact = _with_zeros(*three) if what == "gradients" else three
        found = match("the result", given(mine), plain, exact, rules)
        if found.share < 1:
            yield f"{said} ({one.title}): {found.fault}"


def _with_zeros(*three: Sequence[torch.Tensor | None]) -> tuple[tuple[torch.Tensor, ...], ...]:
    """Gradients for which no path is found are zeros, as where they are judged."""
    filled = []
    for alike in zip(*three, strict=True):
        there = next((one for one in alike if one is not None), torch.zeros(()))
        filled.append([torch.zeros_like(there) if one is None else one for one in alike])
    return tuple(zip(*filled, strict=True))
