"""How a script, or a call of its functions, ended: a sentence for the student."""

from bisect import bisect_right

from pydantic import JsonValue

from rubrics.answers.raw import ParsedAnswer
from rubrics.job import Run, RunError

LONGEST = 300


def explain_end(run: Run, parsed: ParsedAnswer | None = None) -> str:
    """What went wrong and in which line. Its words are the student's own: hostile text, cut."""
    parts = [run.explanation.strip()]
    error = run.error
    if error is not None and not (run.explanation and error.message in run.explanation):
        parts.append(f"Your script{stopped_with(error, parsed).removeprefix('It')}")
    said = " ".join(part for part in parts if part)
    return said or "Your script did not run to its end, so nothing could be read from it."


def stopped_with(error: RunError, parsed: ParsedAnswer | None = None) -> str:
    """The exception, its message, and the line or the notebook's cell it came from."""
    message = " ".join(error.message.split())
    if len(message) > LONGEST:
        message = message[:LONGEST] + "…"
    said = f"It stopped{place(error, parsed)} with {error.type}"
    return f"{said}: {message}" if message else f"{said}."


def place(error: RunError, parsed: ParsedAnswer | None = None) -> str:
    """Such as " in line 3", " in line 3 of model.py" or " in line 2 of cell 5"."""
    if not error.line:
        return ""
    data = parsed.data if parsed is not None and isinstance(parsed.data, dict) else {}
    cells = data.get("cells")
    if isinstance(cells, list) and error.file == data.get("entry"):
        at = bisect_right(cells, error.line, key=_first) - 1
        if at >= 0:
            return f" in line {error.line - _first(cells[at]) + 1} of cell {_number(cells[at])}"
    if error.file and parsed is not None and len(parsed.files) > 1:
        return f" in line {error.line} of {error.file}"
    return f" in line {error.line}"


def _first(cell: JsonValue) -> int:
    """The line of the whole at which a cell begins."""
    return int(str(cell["line"])) if isinstance(cell, dict) else 0


def _number(cell: JsonValue) -> str:
    return str(cell["cell"]) if isinstance(cell, dict) else ""
