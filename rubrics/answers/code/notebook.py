"""The code of a notebook, cell after cell, as one Python file. Nothing of it is run here.

Outputs and metadata are ignored but for a cell's tags; what only IPython understands is refused.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from pydantic import JsonValue

from rubrics.answers.raw import MalformedAnswer

CELLS = 500
CELL_KB = 128
_MAGIC = re.compile(r"[ \t]*(?:%|!|\?)|[ \t]*[\w.\[\]]+\?{1,2}[ \t]*$")
# `files = !ls`, `x = %time f()`: neither sign can follow = in Python.
_ASSIGNED = re.compile(r"=[ \t]*(?:%|!(?!=))")
# What is not closed goes on to the end, of the line or of all: looking for an end that is not there
# from every quote again would cost the square of the length.
_QUIET = re.compile(
    r"""#[^\n]*|\"{3}(?:\\.?|[^\\])*?(?:\"{3}|\Z)|'{3}(?:\\.?|[^\\])*?(?:'{3}|\Z)"""
    r"""|"(?:\\.|[^"\\\n])*+"?|'(?:\\.|[^'\\\n])*+'?""",
    re.DOTALL,
)
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")  # JSON can say what no file and no database holds
_RESAVE = "Save it again in Jupyter, or send a .py file."


def source_of(content: bytes, tags: Iterable[str], field: str) -> tuple[str, list[JsonValue]]:
    """The source, and for each cell its number (from 1) and first line.

    Raises MalformedAnswer: not a notebook, no cell, a magic, a cell that is too large.
    """
    wanted = frozenset(tags)
    lines: list[str] = []
    starts: list[JsonValue] = []
    for number, cell in _cells(content, field):
        if wanted and not wanted & _tags(cell):
            continue
        text = _text(cell, number, field)
        _refuse_magics(text, number, field)
        starts.append({"cell": number, "line": len(lines) + 1})
        lines += [*text.split("\n"), ""]
    if not "".join(lines).strip():
        what = f"with the tag {' or '.join(sorted(wanted))} " if wanted else ""
        message = f"The notebook holds no code cell {what}that is not empty."
        raise MalformedAnswer(field, message, "Send the notebook with your solution in it.")
    return "\n".join(lines), starts


def _cells(content: bytes, field: str) -> list[tuple[int, dict[str, Any]]]:
    """Code cells with their numbers, counted among all cells as Jupyter shows them."""
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_constant)
    except (ValueError, RecursionError):
        message = "The file is not a notebook that can be read."
        raise MalformedAnswer(field, message, _RESAVE) from None
    cells = document.get("cells") if isinstance(document, dict) else None
    if not isinstance(cells, list) or document.get("nbformat") != 4:
        message = "The file is not a notebook of format 4."
        raise MalformedAnswer(field, message, _RESAVE)
    if len(cells) > CELLS:
        message = f"The notebook has {len(cells)} cells, at most {CELLS} are taken."
        raise MalformedAnswer(field, message, "Send the part that answers the question.")
    numbered = enumerate((cell if isinstance(cell, dict) else {} for cell in cells), 1)
    return [(number, cell) for number, cell in numbered if cell.get("cell_type") == "code"]


def _constant(text: str) -> None:
    """NaN and infinities are not JSON, but Jupyter writes them into outputs, which are ignored."""


def _tags(cell: dict[str, Any]) -> set[str]:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return {tag for tag in tags if isinstance(tag, str)} if isinstance(tags, list) else set()


def _text(cell: dict[str, Any], number: int, field: str) -> str:
    source = cell.get("source")
    lines = [source] if isinstance(source, str) else source
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise MalformedAnswer(field, f"Cell {number} has no source that can be read.", _RESAVE)
    text = "".join(lines).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > CELL_KB * 1024:
        message = f"Cell {number} holds {len(text) // 1024} KB, at most {CELL_KB} KB are taken."
        raise MalformedAnswer(field, message, "Keep data out of the notebook.")
    if _UNWRITABLE.search(text):
        raise MalformedAnswer(field, f"Cell {number} holds characters that no file can.", _RESAVE)
    return text


def _refuse_magics(text: str, number: int, field: str) -> None:
    """A line that begins with % or !, or gives such a thing a name, is IPython's.

    Not if it goes on with what Python began. Strings and comments are blanked first. The text is
    not parsed: that may cost a service much.
    """
    blank = _QUIET.sub(lambda found: "s" + "\n" * found.group().count("\n"), text)
    lines, depth, goes_on = text.split("\n"), 0, False
    for at, line in enumerate(blank.split("\n")):
        if depth <= 0 and not goes_on and (_MAGIC.match(line) or _ASSIGNED.search(line)):
            shown = lines[at].strip()[:40]
            message = f"Cell {number}, line {at + 1} is a command of IPython: {shown}"
            remedy = "Take such lines out: only Python is run here."
            raise MalformedAnswer(field, message, remedy)
        depth += sum(line.count(mark) for mark in "([{") - sum(line.count(one) for one in ")]}")
        goes_on = line.endswith("\\")
