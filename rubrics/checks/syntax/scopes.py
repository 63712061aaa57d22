"""Walk a file's syntax tree, and tell at each place which bare names are the student's own.

Everything is done with a stack: a hostile tree may be deeper than Python can recurse.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
COMPREHENSION = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(frozen=True)
class Part:
    """What is looked at: `nodes` are the ids of the nodes of `tree` that count."""

    file: str
    tree: ast.Module
    nodes: frozenset[int]


@dataclass(frozen=True)
class _Bound:
    """A name that is given a meaning in a scope: by a `def` or `class`, or as a value."""

    defined: bool
    line: int


@dataclass(frozen=True)
class Scope:
    """The names of a file or function, within those around it."""

    names: dict[str, _Bound]
    around: "Scope | None" = None

    def find(self, node: ast.Name) -> _Bound | None:
        """What the student's own code means by a name; None if it comes from elsewhere."""
        scope: Scope | None = self
        while scope is not None:
            bound = scope.names.get(node.id)
            # `map = map` at the top of a file uses the other `map`; in a function it would fail.
            top = scope is self and scope.around is None
            if bound is not None and not (top and node.lineno <= bound.line):
                return bound
            scope = scope.around
        return None


def walk(tree: ast.Module) -> Iterator[tuple[ast.AST, Scope]]:
    """Every node once, in no order, with the scope that it stands in."""
    top = Scope(_bound(tree.body))
    left: list[tuple[ast.AST, Scope]] = [(node, top) for node in tree.body]
    while left:
        node, scope = left.pop()
        yield node, scope
        outside, inside, names = _parts(node)
        left += [(one, scope) for one in outside]
        if inside:
            within = Scope(names, scope)
            left += [(one, within) for one in inside]


def _parts(node: ast.AST) -> tuple[list[ast.AST], list[ast.AST], dict[str, _Bound]]:
    """The children that see the names around, those that see the node's own too, and these."""
    if isinstance(node, FUNCTION | ast.Lambda):
        body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
        inside = set(map(id, body))
        rest = [one for one in ast.iter_child_nodes(node) if id(one) not in inside]
        return rest, body, _bound(body) | _parameters(node.args)
    if isinstance(node, COMPREHENSION):
        first = node.generators[0].iter
        inner = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        inner += [one for each in node.generators for one in (each.target, each.iter, *each.ifs)]
        targets = [each.target for each in node.generators]
        return [first], [one for one in inner if one is not first], _bound(targets)
    return list(ast.iter_child_nodes(node)), [], {}


def _parameters(args: ast.arguments) -> dict[str, _Bound]:
    found = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
    return {one.arg: _Bound(False, one.lineno) for one in found if one is not None}


def _bound(nodes: Iterable[ast.AST]) -> dict[str, _Bound]:
    """The names given a meaning there, but for imported ones and those of another scope."""
    found: dict[str, _Bound] = {}
    foreign: set[str] = set()
    left = list(nodes)
    while left:
        node = left.pop()
        for name, defined in _binds(node):
            line = min(getattr(node, "lineno", 0), found[name].line if name in found else 1 << 60)
            found[name] = _Bound(defined, line)
        if isinstance(node, ast.Global | ast.Nonlocal):
            foreign |= set(node.names)
        if isinstance(node, ast.Import | ast.ImportFrom):
            foreign |= {one.asname or one.name.partition(".")[0] for one in node.names}
        if not isinstance(node, FUNCTION | ast.ClassDef | ast.Lambda | COMPREHENSION):
            left += ast.iter_child_nodes(node)
    return {name: bound for name, bound in found.items() if name not in foreign}


def _binds(node: ast.AST) -> Iterator[tuple[str, bool]]:
    if isinstance(node, FUNCTION | ast.ClassDef):
        yield node.name, True
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id, False
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
        yield node.name, False
