"""The names that a file uses, imports and aliases resolved; not those of its own variables."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from rubrics.checks.syntax.imports import Imports, dotted
from rubrics.checks.syntax.looked_up import looked_up, packages
from rubrics.checks.syntax.scopes import FUNCTION, Part, Scope, walk


class Use(NamedTuple):
    """One use of a name; `own` if the name is that of a function or class of the file."""

    name: str
    line: int
    own: bool = False


def uses(part: Part) -> Iterator[Use]:
    """Every name, attribute and dotted name that is used, and every module that is imported.

    `getattr(x, "numel")` counts as a use of `numel` too. An imported name counts where it is used:
    an import alone does not use it.
    """
    imports, own = Imports(part.tree), _Own(part.tree)
    for node, scope in walk(part.tree):
        if id(node) not in part.nodes:
            continue
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield from _bare(node, scope, imports)
        elif isinstance(node, ast.Attribute) and not own.has(node, scope):
            yield Use(node.attr, line)
            yield from (Use(name, line) for name in dotted(node, scope, imports))
        elif isinstance(node, ast.Call | ast.Subscript):
            yield from (Use(name, line) for name in looked_up(node, scope, imports))
        elif isinstance(node, ast.MatchClass):
            yield from (Use(name, line) for name in node.kwd_attrs)
        else:
            yield from (Use(name, line) for name in _modules(node))


def _bare(node: ast.Name, scope: Scope, imports: Imports) -> Iterator[Use]:
    bound = scope.find(node)
    if bound is not None:
        if bound.defined:
            yield Use(node.id, node.lineno, own=True)
        return
    full = imports.of(node.id)
    yield from (Use(name, node.lineno) for name in full)
    yield from (Use(name, node.lineno) for name in {one.rpartition(".")[2] for one in full})


def _modules(node: ast.AST) -> Iterator[str]:
    """The modules that a statement imports, and the packages that they are in."""
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [one.name for one in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        names = [node.module]
    for name in names:
        yield from packages(name)


class _Own:
    """What the file's own classes give their objects: `self.mean = …` and methods.

    Only in a method is `self` such an object: a function may call any argument so.
    """

    def __init__(self, tree: ast.Module) -> None:
        self._names: set[str] = set()
        self._methods: set[int] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                self._names |= {node.attr} if _self(node) is not None else set()
            if isinstance(node, ast.ClassDef):
                methods = [one for one in node.body if isinstance(one, FUNCTION)]
                self._names |= {one.name for one in methods}
                self._methods |= set(map(id, methods))

    def has(self, node: ast.Attribute, scope: Scope) -> bool:
        """Whether it is an attribute that one's own object was given."""
        name = _self(node) if node.attr in self._names else None
        bound = None if name is None else scope.find(name)
        return bound is not None and id(bound.of) in self._methods


def _self(node: ast.Attribute) -> ast.Name | None:
    """`self`, if it is an attribute of that."""
    value = node.value
    return value if isinstance(value, ast.Name) and value.id == "self" else None
