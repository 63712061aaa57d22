"""Are hidden cases and what is right for them the same each time, and right by their own check?"""

from collections.abc import Iterator
from typing import Any

import torch

from rubrics.audit.pretended import given
from rubrics.checks.case import References
from rubrics.checks.close import Rules
from rubrics.checks.held import counterpart
from rubrics.checks.hidden import Author, Expected, Recorded
from rubrics.checks.matching import match
from rubrics.checks.prints import MOST_PRINTED
from rubrics.checks.table import RECORD
from rubrics.code_rules import NEEDS_NO_REFERENCE
from rubrics.job import Call, Input
from rubrics.reference.gradient import AuthorError
from rubrics.reference.load import ReferenceFile
from rubrics.schema import Question

COMPARED = {
    "calls": "value",
    "faster_than": "value",
    "in_place": "argument",
    "gradients": "gradients",
    "double_backward": "gradients",
    "parameters_after": "state",
}
"""What is compared with the reference's, by the kind of check."""

PLAIN = bool | int | float | complex | str | Call | Input

Case = tuple[Recorded, Expected | None]


def repeat(question: Question, references: References, number: int) -> Iterator[tuple[str, str]]:
    """The checks over hidden cases that are at fault, by id, and why.

    All is worked out by the author's file as it was loaded, and once more by a fresh one, as after
    a restart of the judge.
    """
    known = references.author
    fresh = Author(ReferenceFile(known.path), known.path, known.params)
    for check in question.checks:
        if check.kind not in RECORD:
            continue
        try:
            first, again = (_cases(check, question, one, number) for one in (known, fresh))
            said = _differs(check, first, again) or _fails(check, first)
        except AuthorError as fault:
            where = f" (line {fault.line})" if fault.line else ""
            said = f"the reference fails{where}: {fault}"
        if said:
            yield check.id, said


def _cases(check: Any, question: Question, author: Author, number: int) -> list[Case]:
    key = (question.id, f"{check.id}-again", number)
    record = RECORD[check.kind](check, author)
    like = counterpart(check, question) if check.kind in NEEDS_NO_REFERENCE else check
    if check.kind == "raises":
        like = None  # no result is compared: the reference itself may raise there, or do anything
    return [
        (one, None if like is None else author.expected(one, like.names))
        for one in author.recorded(key, check.cases, check.call, record)
    ]


def _differs(check: Any, first: list[Case], again: list[Case]) -> str:
    if not _same(_inputs(first), _inputs(again)):
        return f"the reference fails to repeat itself: `{check.cases}` gives other inputs each time"
    if not _same([true for _, true in first], [true for _, true in again]):
        name = next(iter(check.names.values()))
        return f"the reference fails to repeat itself: `{name}` gives other results each time"
    return ""


def _inputs(cases: list[Case]) -> list[Any]:
    return [(one.call, one.inputs, one.case.targets, one.kept) for one, _ in cases]


def _same(left: Any, right: Any) -> bool:
    if type(left) is not type(right):
        return False
    if isinstance(left, Expected):
        left, right = vars(left), vars(right)
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(_same(left[key], right[key]) for key in left)
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(_same, left, right))
    if type(left).__module__ == "numpy":
        left, right = torch.as_tensor(left), torch.as_tensor(right)
    if isinstance(left, torch.Tensor):
        alike = left.shape == right.shape and left.dtype == right.dtype
        return alike and torch.equal(left.detach().nan_to_num(), right.detach().nan_to_num())
    # What is no plain value is looked at where it is compared with a result.
    return not isinstance(left, PLAIN) or left == right or left != left  # noqa: PLR0124 - nan


def _fails(check: Any, cases: list[Case]) -> str:
    """The reference's own results must pass, and what it prints be kept whole."""
    longest = max((len(true.printed) for _, true in cases if true is not None), default=0)
    if check.kind == "prints" and longest > MOST_PRINTED:
        return f"the reference prints {longest} characters, at most {MOST_PRINTED} are compared"
    if check.kind not in COMPARED:
        return ""
    name, strict = COMPARED[check.kind], getattr(check, "strict", check.kind != "faster_than")
    rules = Rules(strict, check.tolerance, check.allow_nonfinite)
    for one, true in cases:
        if true is not None:
            mine = given(true.plain[name])
            found = match("the result", mine, true.plain[name], true.exact[name], rules)
            if found.share < 1:
                return f"the reference fails its own check ({one.title}): {found.fault}"
    return ""
