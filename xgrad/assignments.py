"""From what a person types to an assignment: a key of a library, or a folder."""

import difflib
import os
from pathlib import Path

from rubrics import loader
from rubrics.schema import Assignment
from xgrad.faults import Fault


def resolve(name: str) -> Path:
    """The folder of an assignment named by its key (`autograd/paper-1`) or by its path."""
    folder = Path(name)
    if (folder / "assignment.yaml").is_file():
        return folder
    known = loader.find(loader.library_roots(extra_folders()))
    if name in known:
        return known[name]
    raise Fault(
        f"There is no assignment '{name}': neither a folder with an assignment.yaml nor a "
        f"key of a library.{_hint(name, list(known))}"
    )


def open_assignment(name: str) -> Assignment:
    """Load it. Raises AssignmentError with every fault of its files."""
    return loader.load(resolve(name))


def extra_folders() -> tuple[Path, ...]:
    """The folders of XGRAD_LIBRARY; read here so that grading a file needs no other setting."""
    listed = os.environ.get("XGRAD_LIBRARY", "").split(os.pathsep)
    return tuple(Path(folder) for folder in listed if folder)


def _hint(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f" Did you mean {close[0]}?"
    return f" Known: {', '.join(known)}." if known else " No library is found."
