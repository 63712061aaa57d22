"""Walk a file's syntax tree, and tell at each place which bare names are the student's own.

Everything is done with a stack: a hostile tree may be deeper than Python can recurse.
"""

import ast
import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
COMPREHENSION = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
BUILTINS = frozenset(dir(builtins))
MOST_DEPTH = 100
"""Scopes within scopes: a name is looked for in each of them."""

MOST_VALUES = 4
"""Names that one name may be another word for; more are not followed."""


@dataclass(frozen=True)
class Part:
    """What is looked at: `nodes` are the ids of the nodes of `tree` that count."""

    file: str
    tree: ast.Module
    nodes: frozenset[int]


@dataclass(frozen=True)
class Bound:
    """A name that is given a meaning in a scope: by a `def` or `class`, or as a value.

    `values` are names that it is another word for, as in `t = torch`; `of` is the function whose
    parameter it is.
    """

    defined: bool
    line: int
    values: tuple[ast.expr, ...] = ()
    of: ast.AST | None = None


@dataclass(frozen=True)
class Scope:
    """The names of a file or function, within those around it."""

    names: dict[str, Bound]
    around: "Scope | None" = None
    depth: int = 0

    def find(self, node: ast.Name) -> Bound | None:
        """What the student's own code means by a name; None if it comes from elsewhere."""
        return self.look(node)[0]

    def look(self, node: ast.Name) -> tuple[Bound | None, "Scope"]:
        """The same, and the scope in which it is found."""
        scope: Scope | None = self
        while scope is not None:
            bound = scope.names.get(node.id)
            # `map = map` at the top of a file uses the other `map`; in a function it would fail.
            top = scope is self and scope.around is None
            if bound is not None and not (top and node.lineno <= bound.line):
                return bound, scope
            scope = scope.around
        return None, self


def walk(tree: ast.Module) -> Iterator[tuple[ast.AST, Scope]]:
    """Every node once, in no order, with the scope that it stands in. Raises RecursionError."""
    top = Scope(_top(tree))
    left: list[tuple[ast.AST, Scope]] = [(node, top) for node in tree.body]
    while left:
        node, scope = left.pop()
        yield node, scope
        outside, inside, names = _parts(node)
        left += [(one, scope) for one in outside]
        if inside:
            if scope.depth >= MOST_DEPTH:
                raise RecursionError("too many scopes within each other")
            within = Scope(names, scope, scope.depth + 1)
            left += [(one, within) for one in inside]


def _top(tree: ast.Module) -> dict[str, Bound]:
    """The names of the file itself.

    Where Python finds none there it looks further, in what is built in or was imported whole: so
    a name of those is the file's own only if it is bound for sure and never deleted.
    """
    found, stars = _bound(tree.body), False
    sure = {name for node in tree.body for name in _surely(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del):
            sure.discard(node.id)
        if isinstance(node, ast.ImportFrom):
            stars = stars or any(one.name == "*" for one in node.names)
    return {
        name: one for name, one in found.items() if name in sure or not (stars or name in BUILTINS)
    }


def _surely(node: ast.stmt) -> Iterator[str]:
    """The names that a statement binds whenever it is reached."""
    if isinstance(node, FUNCTION | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign) or (isinstance(node, ast.AnnAssign) and node.value):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        inner = (one for target in targets for one in ast.walk(target))
        yield from (
            one.id for one in inner if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
        )


def _parts(node: ast.AST) -> tuple[list[ast.AST], list[ast.AST], dict[str, Bound]]:
    """The children that see the names around, those that see the node's own too, and these."""
    if isinstance(node, FUNCTION | ast.Lambda):
        body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
        inside = set(map(id, body))
        rest = [one for one in ast.iter_child_nodes(node) if id(one) not in inside]
        return rest, body, _bound(body) | _parameters(node)
    if isinstance(node, COMPREHENSION):
        first = node.generators[0].iter
        inner = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        inner += [one for each in node.generators for one in (each.target, each.iter, *each.ifs)]
        targets = [each.target for each in node.generators]
        return [first], [one for one in inner if one is not first], _bound(targets)
    return list(ast.iter_child_nodes(node)), [], {}


def _parameters(node: FUNCTION | ast.Lambda) -> dict[str, Bound]:
    args = node.args
    found = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
    return {one.arg: Bound(False, one.lineno, of=node) for one in found if one is not None}


def _bound(nodes: Iterable[ast.AST]) -> dict[str, Bound]:
    """The names given a meaning there, but for imported ones and those of another scope."""
    found: dict[str, Bound] = {}
    foreign: set[str] = set()
    left = list(nodes)
    while left:
        node = left.pop()
        for name, defined in _binds(node):
            one = found.get(name, Bound(defined, 1 << 60))
            found[name] = replace(
                one, defined=defined, line=min(getattr(node, "lineno", 0), one.line)
            )
        for name, value in _other_words(node):
            one = found.get(name, Bound(False, value.lineno))
            found[name] = replace(one, values=(*one.values, value)[:MOST_VALUES])
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


def bound_again(body: Iterable[ast.AST], name: str) -> int | None:
    """The line where a name of that body is bound by anything but a `def` or `class`."""
    left = list(body)
    while left:
        node = left.pop()
        again = any(one == name and not defined for one, defined in _binds(node))
        if isinstance(node, ast.Import | ast.ImportFrom):
            again = any((one.asname or one.name.partition(".")[0]) == name for one in node.names)
        if again:
            return int(getattr(node, "lineno", 0))
        if not isinstance(node, FUNCTION | ast.ClassDef | ast.Lambda | COMPREHENSION):
            left += ast.iter_child_nodes(node)
    return None


def _other_words(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """`t` and `torch` of `t = torch`, `(t := torch)` and `t, x = torch, 1`."""
    pairs: list[tuple[ast.expr, ast.expr]] = []
    if isinstance(node, ast.Assign):
        pairs = [(target, node.value) for target in node.targets]
    elif isinstance(node, ast.NamedExpr | ast.AnnAssign) and node.value is not None:
        pairs = [(node.target, node.value)]
    for target, value in pairs:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs += zip(target.elts, value.elts, strict=False)
        if isinstance(target, ast.Name) and isinstance(value, ast.Name | ast.Attribute):
            yield target.id, value
