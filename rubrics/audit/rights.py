"""Right functions of the author's that `equivalents` name must run in every variant.

How far off they are is measured with the tolerances, see `rubrics.audit.cases`.
"""

from collections.abc import Iterator
from typing import Any

from rubrics.audit.repeated import COMPARED
from rubrics.checks.case import References
from rubrics.checks.hidden import Author
from rubrics.checks.table import RECORD
from rubrics.findings import Finding
from rubrics.reference.gradient import AuthorError
from rubrics.schema import Question

NO_RESULT = "the equivalent"
"""How all of these findings begin: none may be left as it is."""


def failing(question: Question, references: References, number: int) -> Iterator[Finding]:
    """The equivalents of checks over hidden cases that fail, posed as that variant."""
    for check in question.checks:
        if check.kind not in COMPARED:
            continue
        for at, name in enumerate(getattr(check, "equivalents", ())):
            said = _said(check, question, references.author, number, name)
            if said:
                part = ("equivalents", at)
                yield Finding(question=question.id, check=check.id, message=said, part=part)


def _said(check: Any, question: Question, author: Author, number: int, name: str) -> str:
    key, names = (question.id, check.id, number), dict.fromkeys(check.names, name)
    try:
        recorded = author.recorded(key, check.cases, check.call, RECORD[check.kind](check, author))
    except AuthorError:
        return ""  # told where the check itself is looked at
    for one in recorded:
        try:
            author.result(one, names)
        except AuthorError as fault:
            where = f" (line {fault.line})" if fault.line else ""
            return f"{NO_RESULT} `{name}` fails{where}: {fault} ({one.title})"
    return ""
