"""Brackets, commas and semicolons made into a nested list of tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rubrics.answers.tensor.clean import GLUE

MAX_DEPTH = 8

_PIECE = re.compile(r"[\[\](),;]|\n|[^\s\[\](),;]+")
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
        if len(rows) > 1:
            # Lines and semicolons without brackets only part numbers if each holds but one.
            flat = not self.closer and all(len(row) == 1 for row in rows)
            return [row[0] for row in rows] if flat else [list(row) for row in rows]
        items = rows[0] if rows else []
        # Round brackets only group: `tensor([1, 2])` is [1, 2], not [[1, 2]]; (5,) is a tuple.
        grouped = len(items) == 1 and (not self.awaits or isinstance(items[0], list))
        if grouped and self.closer != "]":
            return items[0]
        return items


def nest(text: str, by_line: bool = False) -> Tree:
    """What a cleaned text spells: a number, or a nested list. Raises Tangled.

    With `by_line`, lines outside of brackets are rows, unless a comma at their end goes on.
    """
    stack = [_Frame(closer="", at=0)]
    for piece in _pieces(text):
        if piece.text != "\n":
            _take(stack, piece)
        elif by_line and len(stack) == 1 and not stack[0].awaits:
            stack[0].rows.append([])
    if len(stack) > 1:
        raise Tangled(f"this bracket is never closed by `{stack[-1].closer}`", stack[-1].at)
    return stack[0].close()


def _pieces(text: str) -> Iterator[Token]:
    for found in _PIECE.finditer(text):
        if word := found[0].replace(GLUE, ""):
            yield Token(word, found.start())


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
