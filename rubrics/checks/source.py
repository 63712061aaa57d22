"""The source holds what it must and nothing it may not, read from its syntax tree.

The tree is made and walked here, in the judge's jail, under caps; nothing of it is run. Names are
told apart from text: `numel` in a comment or a string is not a use of it.
"""

import ast
from collections.abc import Iterator
from functools import lru_cache

from rubrics.answers.code.ended import explain_end, place
from rubrics.checks.case import Case
from rubrics.checks.over_cases import Ended, grade, run_of
from rubrics.checks.syntax.constructs import constructs
from rubrics.checks.syntax.names import uses
from rubrics.checks.syntax.scopes import FUNCTION, Part
from rubrics.code_check_specs import MOST_SOURCE_KB, SourceCheck
from rubrics.grade import CheckGrade
from rubrics.job import RunError
from rubrics.outcome import Outcome

MOST_NODES = 400_000

Place = tuple[str, int]
"""A file and a line of it."""


def source(spec: SourceCheck, case: Case) -> CheckGrade:
    """Count names and constructs in the student's own files."""
    try:
        faults = list(_faults(spec, case, _parts(spec, case)))
    except Ended as end:
        return grade(spec, case, share=0.0, said=end.said, outcome=end.outcome)
    said = " ".join(faults) or "The source keeps to the rules."
    return grade(spec, case, share=float(not faults), said=said)


def _parts(spec: SourceCheck, case: Case) -> list[Part]:
    trees = {
        name: _parse(content, case)
        for name, content in case.parsed.files.items()
        if name.endswith(".py")
    }
    inside = {name: _inside(tree, spec.within) for name, tree in trees.items()}
    if spec.within is not None and not any(inside.values()):
        raise Ended(f"Your file defines no `{spec.within}`.")
    return [
        Part(name, tree, frozenset(id(node) for one in inside[name] for node in ast.walk(one)))
        for name, tree in trees.items()
    ]


def _parse(content: bytes, case: Case) -> ast.Module:
    if len(content) > MOST_SOURCE_KB * 1024:
        raise Ended(f"The source is longer than the {MOST_SOURCE_KB} KB that are read.")
    try:
        tree = _tree(content)
    except (SyntaxError, ValueError):
        run = run_of(case)
        raise Ended(explain_end(run, case.parsed), run.ended or Outcome.MALFORMED) from None
    except (RecursionError, MemoryError):
        raise Ended("The source is nested too deeply to be read.") from None
    for count, _ in enumerate(ast.walk(tree)):
        if count > MOST_NODES:
            raise Ended("The source is too long to be read.")
    return tree


@lru_cache(maxsize=1)
def _tree(content: bytes) -> ast.Module:
    """Kept for the next check of the same answer: some sources take seconds to parse."""
    return ast.parse(content)


def _inside(tree: ast.Module, dotted: str | None) -> list[ast.AST]:
    found: list[ast.AST] = [tree]
    for part in dotted.split(".") if dotted else ():
        found = [
            node
            for outer in found
            for node in ast.iter_child_nodes(outer)
            if isinstance(node, FUNCTION | ast.ClassDef) and node.name == part
        ]
    return found


def _faults(spec: SourceCheck, case: Case, parts: list[Part]) -> Iterator[str]:
    used, own, counted = _found(parts)
    for name in spec.forbid:
        if name in used:
            yield f"It uses `{name}`{_place(used[name], case)}, which is not allowed."
    for name in spec.require:
        if name not in used and name not in own:
            yield f"It does not use `{name}`, which is asked for."
    limits = dict.fromkeys(spec.forbid_constructs, 0) | spec.at_most
    for construct, most in limits.items():
        places = counted.get(construct, [])
        if len(places) > most:
            allowed = "none is" if not most else f"{most} {'is' if most == 1 else 'are'}"
            where = _place(places[most], case).removeprefix(" in ")
            yield f"{len(places)} × {_word(construct)} ({where}), {allowed} allowed."
    for construct in spec.require_constructs:
        if not counted.get(construct):
            yield f"It has no {_word(construct)}, which is asked for."


def _word(construct: str) -> str:
    return construct.replace("_", " ")


def _place(found: Place, case: Case) -> str:
    return place(RunError(type="", message="", file=found[0], line=found[1]), case.parsed)


def _found(parts: list[Part]) -> tuple[dict[str, Place], set[str], dict[str, list[Place]]]:
    """Where names are used first, which of the file's own are used, and where constructs stand."""
    used: dict[str, Place] = {}
    own: set[str] = set()
    counted: dict[str, list[Place]] = {}
    for part in parts:
        for use in sorted(uses(part), key=lambda one: one.line):
            if use.own:
                own.add(use.name)
            else:
                used.setdefault(use.name, (part.file, use.line))
        for construct, line in sorted(constructs(part), key=lambda one: one[1]):
            counted.setdefault(construct, []).append((part.file, line))
    return used, own, counted
