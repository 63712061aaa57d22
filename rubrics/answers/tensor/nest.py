"""Brackets, commas and semicolons made into a nested list of tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_DEPTH = 8

_PIECE = re.compile(r"[\[\](),;]|[^\s\[\](),;]+")
_OPEN = {"[": "]", "(": ")"}


@dataclass(frozen=True)
class Token:
    """One word of the text, and where it begins (from 0)."""

    text: str
    at: int


Tree = Token | list["Tree"]


class Tangled(ValueError):
    """The brackets or commas do not fit together; carries the position (from 0)."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


@dataclass
class _Frame:
    closer: str
    at: int
    rows: list[list[Tree]] = field(default_factory=lambda: [[]])
    awaits: bool = True  # a comma may not follow another, nor an opening bracket

    def put(self, item: Tree) -> None:
        self.rows[-1].append(item)
        self.awaits = False

    def close(self) -> Tree:
        rows = [row for row in self.rows if row]
        if len(self.rows) > 1 and len(rows) > 1:
            return [list(row) for row in rows]
        items = rows[0] if rows else []
        # Round brackets only group: `tensor([1, 2])` is [1, 2], not [[1, 2]].
        if self.closer != "]" and len(items) == 1 and isinstance(items[0], list):
            return items[0]
        return items


def nest(text: str) -> list[Tree]:
    """The nested list that a cleaned text spells. Raises Tangled."""
    stack = [_Frame(closer="", at=0)]
    for piece in _pieces(text):
        _take(stack, piece)
    if len(stack) > 1:
        raise Tangled(f"this bracket is never closed by `{stack[-1].closer}`", stack[-1].at)
    tree = stack[0].close()
    return tree if isinstance(tree, list) else [tree]


def _pieces(text: str) -> Iterator[Token]:
    return (Token(found[0], found.start()) for found in _PIECE.finditer(text))


def _take(stack: list[_Frame], piece: Token) -> None:
    top = stack[-1]
    if piece.text in _OPEN:
        if len(stack) > MAX_DEPTH:
            raise Tangled(f"brackets are nested more than {MAX_DEPTH} deep", piece.at)
        stack.append(_Frame(_OPEN[piece.text], piece.at))
    elif piece.text in ("]", ")"):
        if piece.text != top.closer:
            raise Tangled(f"this `{piece.text}` closes nothing", piece.at)
        stack.pop()
        stack[-1].put(top.close())
    elif piece.text == ",":
        if top.awaits:
            raise Tangled("there is no number before this comma", piece.at)
        top.awaits = True
    elif piece.text == ";":
        top.rows.append([])
        top.awaits = True
    else:
        top.put(piece)
