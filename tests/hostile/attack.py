"""An attack: a script that tries one thing, and what must come of it, declared in its docstring.

    outcome: how the run may end, alternatives by `|`; `ran` means to its end
    stopped by: the layers that stop it, any of which suffices
    refused: how that layer says no, in its own word (see `refusal.py`), alternatives by `|`
    wins without: the layers that must all be off for it to succeed (the proof that it is real)
    differs without: layers that, when off, no longer say that word, though another one may
    limits: limits of its own, `wall_s=1 memory_mb=64`
    says: what the explanation must contain
    given: a file of the assignment's own that is put beside it, to be read

A script that runs to its end leaves `won`, true if it got what it wanted, and `why` not.
"""

import ast
import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyseccomp

from rubrics.job import Job, Limits
from workers.zygote import seccomp

HERE = Path(__file__).parent
OWN = b"the assignment's own\n"
COLLECT = ("x.grad", "won", "why")
KEYS = {
    "outcome", "stopped by", "refused", "wins without", "differs without", "limits", "says",
    "given",
}  # fmt: skip
# Younger than the library that knows the others' numbers; the same on every processor.
YOUNG = {"statmount": 457, "listmount": 458, "landlock_add_rule": 445}


@dataclass(frozen=True)
class Attack:
    """One attack; `name` is `family/name`."""

    name: str
    title: str
    outcomes: tuple[str, ...]
    layers: tuple[str, ...]
    refused: tuple[str, ...]
    without: frozenset[str]
    differs: frozenset[str]
    limits: Limits
    says: str
    files: dict[str, bytes]
    given: tuple[str, ...]

    @property
    def family(self) -> str:
        """The paragraph it belongs to."""
        return self.name.split("/", maxsplit=1)[0]

    def job(self, bait: bytes) -> Job:
        """The job as a submission would make it, with the attacker's tools and bait beside it."""
        return Job(
            files={**beside(), "bait.py": bait, **self.files, **dict.fromkeys(self.given, OWN)},
            entry="answer.py",
            collect=COLLECT,
            limits=self.limits,
            given=self.given,
        )


@functools.cache
def beside() -> dict[str, bytes]:
    """What attackers share, and the numbers of this processor's system calls by name."""
    names = " ".join((seccomp.ALLOWED, seccomp.KILLED, *seccomp.ANSWERED, *_called())).split()
    known = {name: pyseccomp.resolve_syscall(None, name) for name in set(names)}
    table = {name: number for name, number in sorted(known.items()) if number >= 0} | YOUNG
    tools = {path.name: path.read_bytes() for path in (HERE / "beside").glob("*.py")}
    return {**tools, "numbers_of_calls.py": f"NUMBERS = {table!r}\n".encode()}


def _called() -> list[str]:
    """Names in `call("name", …)` of all attacks."""
    sources = [path.read_text(errors="replace") for path in HERE.glob("attacks/*/*.py")]
    pieces = [piece for text in sources for piece in text.split('call("')[1:]]
    return [piece.split('"', 1)[0] for piece in pieces]


def _words(text: str, mark: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(mark) if word.strip())


def _limits(text: str) -> Limits:
    pairs = (pair.split("=") for pair in text.split())
    return Limits(**{"wall_s": 4, "cpu_s": 4} | {name: float(value) for name, value in pairs})


def _note(path: Path) -> tuple[str, str, dict[str, bytes]]:
    """Its name, its declaration and its files."""
    if path.name != "answer.py":
        text = ast.get_docstring(ast.parse(path.read_text())) or ""
        return f"{path.parent.name}/{path.stem}", text, {"answer.py": path.read_bytes()}
    folder = path.parent
    files = {one.name: one.read_bytes() for one in sorted(folder.iterdir())}
    note = files.pop("attack.txt", None)
    text = note.decode() if note else ast.get_docstring(ast.parse(path.read_text())) or ""
    return f"{folder.parent.name}/{folder.name}", text, files


def _load(path: Path) -> Attack:
    name, text, files = _note(path)
    title, _, rest = text.partition("\n")
    told = dict(line.split(": ", 1) for line in rest.strip().splitlines())
    if set(told) - KEYS:
        raise ValueError(f"{name}: unknown keys {sorted(set(told) - KEYS)}")
    return Attack(
        name=name,
        title=title,
        outcomes=_words(told["outcome"], "|"),
        layers=_words(told["stopped by"], ","),
        refused=_words(told.get("refused", ""), "|"),
        without=frozenset(_words(told.get("wins without", ""), ",")),
        differs=frozenset(_words(told.get("differs without", ""), ",")),
        limits=_limits(told.get("limits", "")),
        says=told.get("says", ""),
        files=files,
        given=_words(told.get("given", ""), ","),
    )


def every(*words: str) -> list[Attack]:
    """All attacks, by name; with words, those whose names hold one of them."""
    base = HERE / "attacks"
    found: list[Path] = [*base.glob("*/*.py"), *base.glob("*/*/answer.py")]
    attacks = sorted((_load(path) for path in found), key=lambda one: one.name)
    return [one for one in attacks if not words or any(word in one.name for word in words)]


Tell = Callable[[str], None]
