"""The nodes of a formula as they come out of the sandbox: checked before anything uses them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from rubrics.answers.expression.formula.parser import MOST_NODES, PRIMED, SEVERAL
from rubrics.answers.expression.formula.tokens import CONSTANTS, FUNCTIONS

PAIRS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "pow": "^"}
CALLS = frozenset(FUNCTIONS.values()) | {f"{name}'" for name in PRIMED}

_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_LONGEST = 30


class BadNodes(ValueError):
    """What came is not a list of nodes as the parser makes them."""


@dataclass(frozen=True)
class Node:
    """`name` is a number's text, a symbol, a constant or a function; `of` are earlier nodes."""

    operation: str
    name: str = ""
    of: tuple[int, ...] = ()


Formula = tuple[Node, ...]


def formula(raw: Any, symbols: Collection[str]) -> Formula:
    """Checked nodes; the last one is the whole. Raises BadNodes."""
    if not isinstance(raw, list) or not 0 < len(raw) <= MOST_NODES:
        raise BadNodes("not a list of nodes")
    return tuple(_node(one, at, symbols) for at, one in enumerate(raw))


def _node(raw: Any, at: int, symbols: Collection[str]) -> Node:
    if not isinstance(raw, list) or not raw or not isinstance(raw[0], str):
        raise BadNodes("not a node")
    operation, *rest = raw
    named = operation in ("num", "sym", "const", "call")
    name = rest.pop(0) if named and rest else ""
    if not isinstance(name, str) or not all(type(one) is int and 0 <= one < at for one in rest):
        raise BadNodes("a node is not made of earlier ones")
    node = Node(operation, name, tuple(rest))
    if not _sound(node, symbols):
        raise BadNodes(f"no such node: {operation[:10]}")
    return node


def _sound(node: Node, symbols: Collection[str]) -> bool:
    count = len(node.of)
    if node.operation == "num":
        return not count and len(node.name) <= _LONGEST and bool(_NUMBER.fullmatch(node.name))
    if node.operation in ("sym", "const"):
        return not count and node.name in (symbols if node.operation == "sym" else CONSTANTS)
    if node.operation == "call":
        least, most = SEVERAL.get(node.name, (1, 1))
        return node.name in CALLS and least <= count <= most
    return count == (1 if node.operation == "neg" else 2 if node.operation in PAIRS else -1)


def shown(whole: Formula, at: int = -1) -> str:
    """A node as text, with the brackets that it needs."""
    node = whole[at]
    if node.operation in ("num", "sym", "const"):
        return node.name
    if node.operation == "call":
        return f"{node.name}({', '.join(shown(whole, one) for one in node.of)})"
    if node.operation == "neg":
        return f"-{_within(whole, node.of[0], 'mul', right=False)}"
    left = _within(whole, node.of[0], node.operation, right=node.operation == "pow")
    right = _within(whole, node.of[1], node.operation, right=True)
    tight = node.operation in ("mul", "div", "pow")
    sign = PAIRS[node.operation]
    return f"{left}{sign}{right}" if tight else f"{left} {sign} {right}"


_BINDS = {"add": 1, "sub": 1, "neg": 1, "mul": 2, "div": 2, "pow": 3}


def _within(whole: Formula, at: int, outer: str, *, right: bool) -> str:
    """In brackets if it binds less, or as little and stands on the side where that matters."""
    inner = whole[at].operation
    loose = _BINDS.get(inner, 4) < _BINDS[outer]
    same = _BINDS.get(inner, 4) == _BINDS[outer] and not inner == outer in ("add", "mul")
    text = shown(whole, at)
    return f"({text})" if loose or (same and right) else text
