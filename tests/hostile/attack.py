"""An attack: a script that tries one thing, and what must come of it, declared in its docstring.

    outcome: how the run may end, alternatives by `|`; `ran` means to its end
    stopped by: the layers that stop it, any of which suffices
    wins without: the layers that must all be off for it to succeed (the proof that it is real)
    limits: limits of its own, `wall_s=1 memory_mb=64`
    says: what the explanation must contain

A script that runs to its end leaves `won`, true if it got what it wanted, and `why` not.
"""

import ast
from dataclasses import dataclass
from pathlib import Path

from rubrics.job import Job, Limits

HERE = Path(__file__).parent
COLLECT = ("x.grad", "won", "why")


@dataclass(frozen=True)
class Attack:
    """One attack; `name` is `family/name`."""

    name: str
    title: str
    outcomes: tuple[str, ...]
    layers: tuple[str, ...]
    without: frozenset[str]
    limits: Limits
    says: str
    files: dict[str, bytes]

    def job(self, bait: bytes) -> Job:
        """The job as a submission would make it, with the attacker's tools and bait beside it."""
        tools = {path.name: path.read_bytes() for path in (HERE / "beside").glob("*.py")}
        files = {**tools, "bait.py": bait, **self.files}
        return Job(files=files, entry="answer.py", collect=COLLECT, limits=self.limits)


def _words(text: str, mark: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(mark) if word.strip())


def _limits(text: str) -> Limits:
    pairs = (pair.split("=") for pair in text.split())
    return Limits(**{"wall_s": 4, "cpu_s": 4} | {name: float(value) for name, value in pairs})


def _load(path: Path) -> Attack:
    folder = path.parent if path.name == "answer.py" else None
    note = folder / "attack.txt" if folder else path
    if note.suffix == ".txt" and note.exists():
        text = note.read_text()
    else:
        text = ast.get_docstring(ast.parse(path.read_text())) or ""
    title, _, rest = text.partition("\n")
    told = dict(line.split(": ", 1) for line in rest.strip().splitlines())
    found = sorted(folder.iterdir()) if folder else [path]
    files = {one.name: one.read_bytes() for one in found if one.name != "attack.txt"}
    place = folder or path.with_suffix("")
    return Attack(
        name=f"{place.parent.name}/{place.name}",
        title=title,
        outcomes=_words(told["outcome"], "|"),
        layers=_words(told["stopped by"], ","),
        without=frozenset(_words(told.get("wins without", ""), ",")),
        limits=_limits(told.get("limits", "")),
        says=told.get("says", ""),
        files=files if folder else {"answer.py": path.read_bytes()},
    )


def every() -> list[Attack]:
    """All attacks, by name."""
    base = HERE / "attacks"
    single = list(base.glob("*/*.py"))
    folders = list(base.glob("*/*/answer.py"))
    return sorted((_load(path) for path in single + folders), key=lambda one: one.name)
