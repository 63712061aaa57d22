"""The source holds what it must and nothing it may not, read from its syntax tree.

The tree is made and walked here, in the judge's jail, under caps; nothing of it is run. Names are
told apart from text: `numel` in a comment or a string is not a use of it.
"""

import ast
from collections.abc import Iterator

from rubrics.answers.code.ended import explain_end
from rubrics.checks.case import Case
from rubrics.checks.over_cases import Ended, grade, run_of
from rubrics.code_check_specs import SourceCheck
from rubrics.grade import CheckGrade
from rubrics.outcome import Outcome

MOST_NODES = 200_000
MOST_BYTES = 64 * 1024  # Python's own parser takes the square of the length for some f-strings

CONSTRUCTS: dict[str, tuple[type[ast.AST], ...]] = {
    "loop": (ast.For, ast.AsyncFor, ast.While, ast.comprehension),
    "while": (ast.While,),
    "comprehension": (ast.comprehension,),
    "lambda": (ast.Lambda,),
    "global": (ast.Global, ast.Nonlocal),
    "import": (ast.Import, ast.ImportFrom),
    "try": (ast.Try, ast.TryStar),
    "class": (ast.ClassDef,),
}
CALLED = {"print": {"print"}, "eval": {"eval", "exec", "compile", "__import__"}}


def source(spec: SourceCheck, case: Case) -> CheckGrade:
    """Count names and constructs in the student's own files."""
    try:
        faults = list(_faults(spec, _trees(spec, case)))
    except Ended as end:
        return grade(spec, case, share=0.0, said=end.said, outcome=end.outcome)
    said = " ".join(faults) or "The source keeps to the rules."
    return grade(spec, case, share=float(not faults), said=said)


def _trees(spec: SourceCheck, case: Case) -> list[ast.AST]:
    trees: list[ast.AST] = []
    for name, content in case.parsed.files.items():
        if name.endswith(".py"):
            trees.append(_parse(content, case))
    if spec.within is None:
        return trees
    found = [one for tree in trees for one in _inside(tree, spec.within)]
    if not found:
        raise Ended(f"Your file defines no `{spec.within}`.")
    return found


def _parse(content: bytes, case: Case) -> ast.AST:
    if len(content) > MOST_BYTES:
        raise Ended(f"The source is longer than the {MOST_BYTES // 1024} KB that are read.")
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError):
        run = run_of(case)
        raise Ended(explain_end(run, case.parsed), run.ended or Outcome.MALFORMED) from None
    except (RecursionError, MemoryError):
        raise Ended("The source is nested too deeply to be read.") from None
    for count, _ in enumerate(ast.walk(tree)):
        if count > MOST_NODES:
            raise Ended("The source is too long to be read.")
    return tree


def _inside(tree: ast.AST, dotted: str) -> list[ast.AST]:
    found = [tree]
    for part in dotted.split("."):
        found = [
            node
            for outer in found
            for node in ast.iter_child_nodes(outer)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            and node.name == part
        ]
    return found


def _faults(spec: SourceCheck, trees: list[ast.AST]) -> Iterator[str]:
    names, counted = _names(trees), _counted(trees)
    for name in spec.forbid:
        if name in names:
            yield f"It uses `{name}` in line {names[name]}, which is not allowed."
    for name in spec.require:
        if name not in names:
            yield f"It does not use `{name}`, which is asked for."
    limits = dict.fromkeys(spec.forbid_constructs, 0) | spec.at_most
    for construct, most in limits.items():
        lines = counted.get(construct, [])
        if len(lines) > most:
            allowed = "none is" if not most else f"{most} {'is' if most == 1 else 'are'}"
            yield f"{len(lines)} × {_word(construct)} (line {lines[most]}), {allowed} allowed."
    for construct in spec.require_constructs:
        if not counted.get(construct):
            yield f"It has no {_word(construct)}, which is asked for."


def _word(construct: str) -> str:
    return construct.replace("_", " ")


def _names(trees: list[ast.AST]) -> dict[str, int]:
    """Every name, attribute and dotted name that is used, imports and aliases resolved."""
    nodes = [node for tree in trees for node in ast.walk(tree)]
    aliases = dict(alias for node in nodes for alias in _aliases(node))
    found: dict[str, int] = {}
    for node in nodes:
        line = getattr(node, "lineno", 0)
        for name in _used(node, aliases):
            found.setdefault(name, line)
    return found


def _aliases(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for one in node.names:
            if one.asname:
                yield one.asname, one.name
    if isinstance(node, ast.ImportFrom):
        for one in node.names:
            yield one.asname or one.name, f"{node.module or ''}.{one.name}"


def _used(node: ast.AST, aliases: dict[str, str]) -> Iterator[str]:
    """A name as it stands, its last part, and what it is short for.

    `getattr(x, "numel")` counts as a use of `numel` too.
    """
    if isinstance(node, ast.Name):
        yield node.id
        full = aliases.get(node.id, node.id)
        yield full
        yield full.rpartition(".")[2]
    elif isinstance(node, ast.Attribute):
        yield node.attr
        yield from _dotted(node, aliases)
    elif isinstance(node, ast.Call) and _callee(node) in ("getattr", "setattr", "hasattr"):
        yield from (
            one.value
            for one in node.args[1:2]
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        )


def _dotted(node: ast.Attribute, aliases: dict[str, str]) -> Iterator[str]:
    parts, inner = [node.attr], node.value
    while isinstance(inner, ast.Attribute):
        parts.append(inner.attr)
        inner = inner.value
    if isinstance(inner, ast.Name):
        yield ".".join([aliases.get(inner.id, inner.id), *reversed(parts)])


def _counted(trees: list[ast.AST]) -> dict[str, list[int]]:
    """The lines of every construct, in order."""
    found: dict[str, list[int]] = {}
    for tree in trees:
        for node in ast.walk(tree):
            for name in _constructs(node):
                found.setdefault(name, []).append(_line(node))
        found.setdefault("recursion", []).extend(_recursions(tree))
    return {name: sorted(lines) for name, lines in found.items()}


def _line(node: ast.AST) -> int:
    if isinstance(node, ast.comprehension):
        return int(getattr(node.target, "lineno", 0))
    return int(getattr(node, "lineno", 0))


def _constructs(node: ast.AST) -> Iterator[str]:
    yield from (name for name, kinds in CONSTRUCTS.items() if isinstance(node, kinds))
    if isinstance(node, ast.Call):
        yield from (name for name, called in CALLED.items() if _callee(node) in called)
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from ("slice_assignment" for one in targets for _ in _subscripts(one))


def _recursions(tree: ast.AST) -> set[int]:
    """The lines of functions that call themselves by name, each node looked at once."""
    found: set[int] = set()
    left: list[tuple[ast.AST, dict[str, int]]] = [(tree, {})]
    while left:
        node, around = left.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            around = around | {node.name: node.lineno}
        if isinstance(node, ast.Call) and _callee(node) in around:
            found.add(around[_callee(node)])
        left += [(child, around) for child in ast.iter_child_nodes(node)]
    return found


def _subscripts(target: ast.expr) -> list[ast.expr]:
    if isinstance(target, ast.Subscript):
        return [target]
    if isinstance(target, ast.Tuple | ast.List):
        return [found for one in target.elts for found in _subscripts(one)]
    return []


def _callee(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""
