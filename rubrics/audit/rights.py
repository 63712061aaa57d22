"""Right functions of the author's that `equivalents` name must run in every variant.

How far off they are is measured with the tolerances, see `rubrics.audit.spread`.
"""

from collections.abc import Iterator
from typing import Any

import torch

from rubrics.audit.repeated import COMPARED
from rubrics.checks.case import References
from rubrics.checks.hidden import Author
from rubrics.checks.table import RECORD
from rubrics.findings import Finding
from rubrics.reference.gradient import AuthorError
from rubrics.reference.plain import is_plain
from rubrics.schema import Question

NO_RESULT = "the equivalent"
"""How all of these findings begin: none may be left as it is."""


def failing(question: Question, references: References, number: int) -> Iterator[Finding]:
    """The equivalents that fail, posed as that variant."""
    for check in question.checks:
        for at, name in enumerate(getattr(check, "equivalents", ())):
            if check.kind in COMPARED:
                said = _in_cases(check, question, references.author, number, name)
            else:
                said = _in_values(check, references, name)
            if said:
                part = ("equivalents", at)
                yield Finding(question=question.id, check=check.id, message=said, part=part)


def _in_values(check: Any, references: References, name: str) -> str:
    author = references.author
    try:
        true = author.file.found(check.reference, torch.float64, author.params)
    except AuthorError:
        return ""  # told where the check itself is looked at
    try:
        if is_plain(true):
            author.file.found(name, torch.float64, author.params)
            return ""
        shapes = [list(references.value(one, "float64").shape) for one in (check.reference, name)]
    except AuthorError as fault:
        return _told(name, fault)
    has = f"has shape {shapes[1]}, `{check.reference}` has {shapes[0]}"
    return "" if shapes[0] == shapes[1] else f"{NO_RESULT} `{name}` {has}"


def _told(name: str, fault: AuthorError) -> str:
    where = f" (line {fault.line})" if fault.line else ""
    return f"{NO_RESULT} `{name}` fails{where}: {fault}"


def _in_cases(check: Any, question: Question, author: Author, number: int, name: str) -> str:
    key, names = (question.id, check.id, number), dict.fromkeys(check.names, name)
    try:
        recorded = author.recorded(key, check.cases, check.call, RECORD[check.kind](check, author))
    except AuthorError:
        return ""  # told where the check itself is looked at
    for one in recorded:
        try:
            author.result(one, names)
        except AuthorError as fault:
            return f"{_told(name, fault)} ({one.title})"
    return ""
