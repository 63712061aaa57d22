"""Names that stand in text: `getattr(x, "numel")`, `vars(torch)["sort"]`, `eval("x.numel()")`."""

import ast
from collections.abc import Iterator

from rubrics.checks.syntax.imports import LONGEST, Imports, dotted
from rubrics.checks.syntax.scopes import Scope

SECOND = {"getattr", "setattr", "hasattr", "delattr"}
"""Functions that take a name as their second argument."""

ANY = {"attrgetter", "methodcaller", "__getattribute__", "__getattr__"}
MODULE = {"import_module", "__import__"}
TEXT = {"eval", "exec", "compile"}
TABLES = {"vars", "globals", "locals"}


def looked_up(node: ast.AST, scope: Scope, imports: Imports) -> Iterator[str]:
    """The names that a call or subscript takes from a text written there."""
    if isinstance(node, ast.Subscript) and _is_table(node.value, scope, imports):
        yield from _texts([node.slice])
    if not isinstance(node, ast.Call):
        return
    called = _called(node.func, scope, imports)
    if called & SECOND:
        yield from _texts(node.args[1:2])
    if called & ANY:
        yield from (part for text in _texts(node.args) for part in text.split("."))
    if called & MODULE:
        yield from (one for text in _texts(node.args[:1]) for one in packages(text))
    if called & TEXT:
        yield from (name for text in _texts(node.args[:1]) for name in _names(text))


def packages(module: str) -> Iterator[str]:
    """A module, and the packages that it is in; what is longer than any name is left out."""
    parts = module[: LONGEST + 1].split(".")
    yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def _called(function: ast.expr, scope: Scope, imports: Imports) -> set[str]:
    """The last part of what a callee is short for, or of how it is written.

    Of those that run text only the built-in ones: `re.compile` and `model.eval` are others.
    """
    full = {one.removeprefix("builtins.") for one in dotted(function, scope, imports)}
    found = {one.rpartition(".")[2] for one in full}
    if isinstance(function, ast.Attribute):
        found.add(function.attr)
    return {one for one in found if one not in TEXT or one in full}


def _is_table(value: ast.expr, scope: Scope, imports: Imports) -> bool:
    if isinstance(value, ast.Call):
        return bool(_called(value.func, scope, imports) & TABLES)
    if isinstance(value, ast.Attribute):
        return value.attr == "__dict__"
    return isinstance(value, ast.Name) and value.id == "__builtins__"


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    constants = (one.value for one in nodes if isinstance(one, ast.Constant))
    yield from (one for one in constants if isinstance(one, str))


def _names(text: str) -> Iterator[str]:
    """The names in a text that is run as code."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
