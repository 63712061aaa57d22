"""Links in texts: files must be there; addresses must be well formed (nobody goes there)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt

from rubrics import loader
from rubrics.schema import Assignment
from xgrad.checking.found import Found, Lines, Path_

SCHEMES = ("http", "https", "mailto")
PROSE = ("statement", "text", "feedback")
HTML = "is HTML, which pages show as it is written: make it [words](address)"

_TAG = re.compile(
    r"""<(?:a|img)\s[^<>]{0,400}?\b(?:href|src)\s*=\s*["']?([^"'\s<>]+)""", re.IGNORECASE
)


def links(assignment: Assignment) -> Found:
    """Every link of every text that students read."""
    found, lines = Found(), Lines(assignment)
    for path, text in _texts(assignment):
        for target, html in _targets(text):
            said = HTML if html else _fault(assignment.folder, target)
            if said:
                shown = target if target in text else unquote(target)
                found.faults.append(lines.near(path, shown, f"the link `{shown}` {said}"))
    return found


def _texts(assignment: Assignment) -> Iterator[tuple[Path_, str]]:
    yield ("statement",), assignment.statement
    for at, question in enumerate(assignment.questions):
        for part in ("statement", "answers", "checks", "rubric"):
            written = question.model_dump(include={part})[part]
            yield from _within(("questions", at, part), written)


def _within(path: Path_, part: Any) -> Iterator[tuple[Path_, str]]:
    """Prose at any depth, by its field; names, formulas and files are none."""
    if isinstance(part, str):
        if path[-1] in PROSE:
            yield path, part
    elif isinstance(part, dict):
        for key, one in part.items():
            yield from _within((*path, key), one)
    elif isinstance(part, list | tuple):
        for place, one in enumerate(part):
            yield from _within((*path, place), one)


def _targets(text: str) -> Iterator[tuple[str, bool]]:
    """Where links lead, percent-encoded as written, and whether they are HTML."""
    for block in MarkdownIt("commonmark").parse(text):
        if block.type == "html_block":
            yield from _of_html(block.content)
        for token in block.children or ():
            target = token.attrGet("href") or token.attrGet("src")
            if target:
                yield str(target), False
            elif token.type == "html_inline":
                yield from _of_html(token.content)


def _of_html(text: str) -> Iterator[tuple[str, bool]]:
    return ((found[1], True) for found in _TAG.finditer(text))


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
    return "" if not parts.path else _missing(folder, unquote(parts.path))


def _missing(folder: Path, path: str) -> str:
    known = {file.relative_to(folder).as_posix() for file in loader.files(folder)}
    return "" if path.removeprefix("./") in known else "leads to no file of this assignment"
