"""The constructs that a file holds, each by the lines where it stands."""

import ast
from collections.abc import Iterator

from rubrics.checks.syntax.imports import Imports, dotted
from rubrics.checks.syntax.scopes import FUNCTION, Part, Scope, walk

KINDS: dict[str, tuple[type[ast.AST], ...]] = {
    "loop": (ast.For, ast.AsyncFor, ast.While, ast.comprehension),
    "while": (ast.While,),
    "comprehension": (ast.comprehension,),
    "lambda": (ast.Lambda,),
    "global": (ast.Global, ast.Nonlocal),
    "import": (ast.Import, ast.ImportFrom),
    "try": (ast.Try, ast.TryStar),
    "class": (ast.ClassDef,),
}
MEANT = {"print": {"print"}, "eval": {"eval", "exec", "compile", "__import__"}}
DICTS = {"dict", "defaultdict", "Counter", "OrderedDict"}


def constructs(part: Part) -> Iterator[tuple[str, int]]:
    """Every construct and its line."""
    for node in ast.walk(part.tree):
        if id(node) in part.nodes:
            yield from ((name, _line(node)) for name, kinds in KINDS.items() if type(node) in kinds)
    dicts, imports = _dicts(part.tree), Imports(part.tree)
    for node, scope in walk(part.tree):
        if id(node) not in part.nodes:
            continue
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield from ((name, node.lineno) for name in _meant(node, scope, imports))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            found = (one for target in _targets(node) for one in _subscripts(target))
            kept = (one for one in found if not _keyed(one, dicts))
            yield from (("slice_assignment", node.lineno) for _ in kept)
    yield from (("recursion", line) for line in recursions(part))


def _line(node: ast.AST) -> int:
    if isinstance(node, ast.comprehension):
        return int(getattr(node.target, "lineno", 0))
    return int(getattr(node, "lineno", 0))


def _meant(node: ast.expr, scope: Scope, imports: Imports) -> Iterator[str]:
    """`model.eval()` is not the built-in function, `builtins.eval` is, called here or elsewhere."""
    if isinstance(node, ast.Attribute) and not any(node.attr in one for one in MEANT.values()):
        return
    full = {one.removeprefix("builtins.") for one in dotted(node, scope, imports)}
    yield from (name for name, meant in MEANT.items() if full & meant)


def recursions(part: Part) -> set[int]:
    """The lines of functions that call themselves by name, and of methods by `self.name`."""
    found: set[int] = set()
    left: list[tuple[ast.AST, str, dict[str, FUNCTION]]] = [(part.tree, "", {})]
    while left:
        node, owner, around = left.pop()
        if isinstance(node, FUNCTION):
            around = around | dict.fromkeys(_called_by(node, owner), node)
        if isinstance(node, ast.Call) and ast_name(node.func) in around:
            function = around[ast_name(node.func)]
            found |= {function.lineno} if id(function) in part.nodes else set()
        inner = node.name if isinstance(node, ast.ClassDef) else ""
        left += [(child, inner, around) for child in ast.iter_child_nodes(node)]
    return found


def _called_by(function: FUNCTION, owner: str) -> list[str]:
    """How a function is called from within; `owner` is the class whose method it is."""
    if not owner:
        return [function.name]
    first = [one.arg for one in function.args.args[:1]]
    return [f"{one}.{function.name}" for one in (owner, *first)]


def ast_name(node: ast.expr) -> str:
    """`f` or `self.f`, if it is no more than that."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _targets(node: ast.Assign | ast.AugAssign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _subscripts(target: ast.expr) -> list[ast.Subscript]:
    if isinstance(target, ast.Subscript):
        return [target]
    if isinstance(target, ast.Tuple | ast.List):
        return [found for one in target.elts for found in _subscripts(one)]
    return []


def _keyed(target: ast.Subscript, dicts: set[str]) -> bool:
    """Whether it is an entry of a dict: by its key, or by what the name was made as."""
    text = isinstance(target.slice, ast.Constant) and isinstance(target.slice.value, str)
    return text or isinstance(target.slice, ast.JoinedStr) or ast_name(target.value) in dicts


def _dicts(tree: ast.Module) -> set[str]:
    """The names that are dicts wherever they are assigned."""
    made: dict[str, bool] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for name in filter(None, map(ast_name, _targets(node))):
                made[name] = made.get(name, True) and _is_dict(node.value)
    return {name for name, is_dict in made.items() if is_dict}


def _is_dict(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return ast_name(value.func).rpartition(".")[2] in DICTS
    return isinstance(value, ast.Dict | ast.DictComp)
