"""Links in statements: files must be there; addresses must be well formed (nobody goes there)."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt

from rubrics import loader
from rubrics.schema import Assignment
from xgrad.checking.found import Found, Lines, Path_

SCHEMES = ("http", "https", "mailto")


def links(assignment: Assignment) -> Found:
    """Every link of every statement."""
    found, lines = Found(), Lines(assignment)
    for path, text in _statements(assignment):
        for target in _targets(text):
            said = _fault(assignment.folder, target)
            if said:
                found.faults.append(lines.near(path, target, f"the link `{target}` {said}"))
    return found


def _statements(assignment: Assignment) -> Iterator[tuple[Path_, str]]:
    yield ("statement",), assignment.statement
    for at, question in enumerate(assignment.questions):
        yield ("questions", at, "statement"), question.statement


def _targets(text: str) -> Iterator[str]:
    for block in MarkdownIt("commonmark").parse(text):
        for token in block.children or ():
            target = token.attrGet("href") or token.attrGet("src")
            if target:
                yield unquote(str(target))


def _fault(folder: Path, target: str) -> str:
    try:
        parts = urlsplit(target)
    except ValueError:
        return "is not a web address"
    if parts.scheme == "mailto":
        return "" if "@" in parts.path else "names no mailbox"
    if parts.scheme or parts.netloc:
        whole = parts.scheme in SCHEMES and "." in parts.netloc and " " not in target
        return "" if whole else "is not a web address (https://…)"
    return "" if not parts.path else _missing(folder, parts.path)


def _missing(folder: Path, path: str) -> str:
    known = {file.relative_to(folder).as_posix() for file in loader.files(folder)}
    return "" if path.removeprefix("./") in known else "leads to no file of this assignment"
