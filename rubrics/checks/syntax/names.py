"""The names that a file uses, imports and aliases resolved; not those of its own variables."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from rubrics.checks.syntax.scopes import FUNCTION, Part, Scope, walk

LOOKED_UP = ("getattr", "setattr", "hasattr")
MOST_STARS = 10
"""Modules imported whole; every bare name may be of each, so hundreds would take minutes."""


@dataclass(frozen=True)
class Use:
    """One use of a name; `own` if the name is that of a function or class of the file."""

    name: str
    line: int
    own: bool = False


class Imports:
    """What a file's imports make of bare names, wherever in it they stand."""

    def __init__(self, tree: ast.Module) -> None:
        self._full: dict[str, str] = {}
        self._stars: list[str] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                self._full |= {one.asname: one.name for one in node.names if one.asname}
            if isinstance(node, ast.ImportFrom):
                self._from(node)

    def _from(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        for one in node.names:
            if one.name == "*" and module not in self._stars:
                self._stars = [*self._stars, module][:MOST_STARS]
            elif one.name != "*":
                self._full[one.asname or one.name] = f"{module}.{one.name}".removeprefix(".")

    def of(self, name: str) -> list[str]:
        """What a bare name is short for: several if modules were imported whole."""
        if name in self._full:
            return [self._full[name]]
        return [name, *(f"{module}.{name}" for module in self._stars)]


def uses(part: Part) -> Iterator[Use]:
    """Every name, attribute and dotted name that is used, and every module that is imported.

    `getattr(x, "numel")` counts as a use of `numel` too. An imported name counts where it is used:
    an import alone does not use it.
    """
    imports, own = Imports(part.tree), _attributes(part.tree)
    for node, scope in walk(part.tree):
        if id(node) not in part.nodes:
            continue
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield from _bare(node, scope, imports)
        elif isinstance(node, ast.Attribute) and not (of_self(node) and node.attr in own):
            yield Use(node.attr, line)
            yield from (Use(name, line) for name in dotted(node, scope, imports))
        elif isinstance(node, ast.Call) and callee(node) in LOOKED_UP:
            named = (one for one in node.args[1:2] if isinstance(one, ast.Constant))
            yield from (Use(one.value, line) for one in named if isinstance(one.value, str))
        else:
            yield from (Use(name, line) for name in _modules(node))


def _bare(node: ast.Name, scope: Scope, imports: Imports) -> Iterator[Use]:
    bound = scope.find(node)
    if bound is not None:
        if bound.defined:
            yield Use(node.id, node.lineno, own=True)
        return
    for full in imports.of(node.id):
        yield Use(full, node.lineno)
        yield Use(full.rpartition(".")[2], node.lineno)


def dotted(node: ast.expr, scope: Scope, imports: Imports) -> list[str]:
    """What a name or a chain of attributes is short for; nothing if it begins with one's own."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or scope.find(node) is not None:
        return []
    return [".".join([full, *reversed(parts)]) for full in imports.of(node.id)]


def callee(node: ast.Call) -> str:
    """The bare name that is called, if it is one."""
    return node.func.id if isinstance(node.func, ast.Name) else ""


def of_self(node: ast.expr) -> bool:
    """Whether it is an attribute of `self`."""
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    )


def _modules(node: ast.AST) -> Iterator[str]:
    """The modules that a statement imports, and the packages that they are in."""
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [one.name for one in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        names = [node.module]
    for name in names:
        parts = name.split(".")
        yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def _attributes(tree: ast.Module) -> set[str]:
    """What the file's own classes give their objects: `self.mean = …`, methods, class variables."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and of_self(node):
            found.add(node.attr)
        if isinstance(node, ast.ClassDef):
            found |= {one.name for one in node.body if isinstance(one, FUNCTION)}
    return found
