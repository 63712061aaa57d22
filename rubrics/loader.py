"""Find assignments, load them with every fault at once, and digest what defines them."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from rubrics.code_rules import given_files_fit
from rubrics.grade import Frozen
from rubrics.marked_yaml import Marked, YamlFault
from rubrics.misspelt import told
from rubrics.rules import faults_of, reference_faults
from rubrics.schema import Assignment, AssignmentFile

FILE = "assignment.yaml"
LIBRARY = Path(__file__).parent / "library"

_NOT_PART = frozenset({"samples", "__pycache__"})


class Fault(Frozen):
    """One thing to mend: which file, which line (from 1), and what is wrong."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class AssignmentError(Exception):
    """The folder holds no sound assignment; `faults` lists all that was found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = list(faults)


def library_roots(extra: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The folders that hold courses: the built-in library first, then the operator's own."""
    return (LIBRARY, *extra)


def find(roots: Sequence[Path]) -> dict[str, Path]:
    """Assignment folders by `course/name`, in order; an earlier root wins over a later one."""
    found: dict[str, Path] = {}
    for root in roots:
        for file in sorted(root.glob(f"*/*/{FILE}")):
            found.setdefault(f"{file.parent.parent.name}/{file.parent.name}", file.parent)
    return found


def load(folder: Path) -> Assignment:
    """Load the assignment in `folder`. Raises AssignmentError with all faults, never just one."""
    try:
        document = Marked((folder / FILE).read_bytes())
    except OSError:
        raise AssignmentError([Fault(file=FILE, line=1, message="cannot be read")]) from None
    except YamlFault as fault:
        raise AssignmentError([Fault(file=FILE, line=fault.line, message=str(fault))]) from None
    faults: list[Fault] = []
    content = _validate(document, faults)
    if content is not None:
        faults += _fit_together(content, document, folder)
    faults += _unportable(folder)
    if content is None or faults:
        raise AssignmentError(faults)
    return Assignment(**dict(content), digest=digest(folder), folder=folder)


def files(folder: Path) -> list[Path]:
    """The files that define the assignment, sorted: all but samples, caches and dotfiles."""
    every = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    kept = (path for path in every if _is_part(path.relative_to(folder)))
    return sorted(kept, key=lambda path: path.relative_to(folder).as_posix())


def digest(folder: Path) -> str:
    """SHA-256 over names, sizes and bytes of `files(folder)`: what *right* means, in one string.

    Samples are left out: a new example of a wrong answer changes no grade.
    """
    sha = hashlib.sha256()
    for path in files(folder):
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        sha.update(f"{len(name.encode())}:{name}:{len(content)}:".encode())
        sha.update(content)
    return sha.hexdigest()


def _is_part(path: Path) -> bool:
    return not any(part in _NOT_PART or part.startswith(".") for part in path.parts)


def _validate(document: Marked, faults: list[Fault]) -> AssignmentFile | None:
    try:
        return AssignmentFile.model_validate(document.data)
    except ValidationError as error:
        for path, said in told(error, AssignmentFile, document.data):
            message = f"{_dotted(path)}: {said}"
            faults.append(Fault(file=FILE, line=document.line(path), message=message))
        faults.sort(key=lambda fault: fault.line)
        return None


def _dotted(path: tuple[str | int, ...]) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".") or "the document"


def _fit_together(content: AssignmentFile, document: Marked, folder: Path) -> Iterator[Fault]:
    for path, message in (*faults_of(content), *given_files_fit(content, folder)):
        line = document.line(path)
        yield Fault(file=FILE, line=line, message=f"{_dotted(path)}: {message}")
    for line, message in reference_faults(content, folder / content.reference):
        yield Fault(file=content.reference, line=line, message=message)


def _unportable(folder: Path) -> Iterator[Fault]:
    """A link may point outside the folder, and so outside of what the digest covers."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            name = path.relative_to(folder).as_posix()
            yield Fault(file=name, line=1, message="links are not taken: put the file itself here")
