"""Which layer stops which attack, as a table: on the terminal, and as a page of the docs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.hostile.attack import Attack

PAGE = Path(__file__).parents[2] / "docs" / "attacks.md"
LAYERS = {
    "seccomp": "sec", "landlock": "lan", "root": "roo", "box": "box", "rlimits": "rli",
    "cgroup": "cgr", "processes": "pid", "network": "net", "namespaces": "uts",
    "capabilities": "cap", "environment": "env", "descriptors": "des", "outside": "out",
    "protocol": "pro", "cleaning": "cle", "principle": "pri",
}  # fmt: skip
HEAD = """# Attacks, and what stops each

Written by `make attacks ARGS=--write`, and compared with the tree by a test: each row is a file
under `tests/hostile/attacks`. `make attacks` tries all of them, as root and as an ordinary user,
with an honest neighbour in the slot beside them, and after each one an honest submission.

An attack counts only if it is real. In its row stands, below each layer that stops it:

- **W**: with exactly the layers marked so switched off, it wins. That is tried too.
- **d**: with the layers marked so off, it is no longer refused in the same word. That is tried too.
- **n**: the layer is named by its own refusal alone, because it would harm the machine to do
  without, or because nothing but a part of the worker could be left out.

*Refused* is that word: an error as the attack itself saw it, a signal, the limit that was reached
(`wall`, `cpu`, `output`, `values`, `processes`, `oom`), or why the parser would not take what was
sent. `none`: it ran to its end and had got nothing.

Layers: `sec` seccomp, `lan` Landlock, `roo` the tmpfs root, `box` the student's box, `rli` rlimits,
`cgr` cgroup, `pid` process namespace, `net` network namespace, `uts` host name's namespace, `cap`
capabilities, `env` empty environment, `des` closed descriptors, `out` the worker's own watch on
time, output and frames, `pro` strict parsing, `cle` cleaning of texts, `pri` the principle: no
expected value is ever there, and nothing but values is believed. A grader that judges inside
(`tests/hostile/naive/grader.py`) shows that the last is needed: its full marks are what W means
there.
"""


def _mark(attack: Attack, layer: str) -> str:
    if layer in attack.without:
        return "W"
    if layer in attack.differs:
        return "d"
    return "n" if layer in attack.layers else ""


def rows(attacks: Sequence[Attack]) -> Iterator[list[str]]:
    """A list of cells for each attack: its name, what it is told, and a mark for each layer."""
    for one in attacks:
        told = " or ".join(one.refused) or "none"
        yield [one.name, told, *(_mark(one, layer) for layer in LAYERS)]


def page(attacks: Sequence[Attack]) -> str:
    """The whole page, from what the attacks declare."""
    families = Counter(one.family for one in attacks)
    proved = sum(1 for one in attacks if one.without)
    differ = sum(1 for one in attacks if one.differs)
    counts = ", ".join(f"{number} {family}" for family, number in sorted(families.items()))
    lines = [
        f"{len(attacks)} attacks ({counts}); {proved} win without their layers, {differ} are told"
        " otherwise without them.\n",
        "| attack | tries to | ends | refused | " + " | ".join(LAYERS.values()) + " |",
        "|---" * (4 + len(LAYERS)) + "|",
    ]
    for one, row in zip(attacks, rows(attacks), strict=True):
        title = one.title.rstrip(".").replace("|", "\\|")
        cells = [f"`{row[0]}`", title, " or ".join(one.outcomes), *row[1:]]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([HEAD, *lines]) + "\n"


def table(attacks: Sequence[Attack], amiss: frozenset[str] | set[str]) -> str:
    """For a terminal; `amiss` are the names of those that were not held or not proved."""
    wide = max(len(one.name) for one in attacks)
    lines = [" " * (wide + 3) + " ".join(LAYERS.values()) + "  refused"]
    for row in rows(attacks):
        marks = " ".join(f"{mark or '.':3}" for mark in row[2:])
        sign = "!" if row[0] in amiss else " "
        lines.append(f"{sign} {row[0]:{wide}} {marks}  {row[1]}")
    return "\n".join(lines)


def compared(attacks: Sequence[Attack], write: bool) -> str:
    """What is wrong with the page, or nothing; with `write` it is written anew first."""
    if write:
        PAGE.write_text(page(attacks))
    if PAGE.read_text() != page(attacks):
        return "docs/attacks.md differs from tests/hostile/attacks: make attacks ARGS=--write"
    return ""
