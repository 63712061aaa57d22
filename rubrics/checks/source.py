"""The source holds what it must and nothing it may not, read from its syntax tree.

The tree is made and walked here, in the judge's jail, under caps; nothing of it is run. Names are
told apart from text: `numel` in a comment or a string is not a use of it.
"""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from rubrics.answers.code.encoding import other_encoding
from rubrics.answers.code.ended import explain_end, place
from rubrics.checks.case import Case
from rubrics.checks.over_cases import Ended, grade, run_of
from rubrics.checks.syntax.constructs import constructs
from rubrics.checks.syntax.imports import MOST_STARS, Imports
from rubrics.checks.syntax.names import uses
from rubrics.checks.syntax.scopes import FUNCTION, Part, bound_again, walk
from rubrics.code_check_specs import MOST_SOURCE_KB, SourceCheck
from rubrics.grade import CheckGrade
from rubrics.job import RunError
from rubrics.outcome import Outcome

MOST_NODES = 150_000
MOST_BRACES = 10_000
"""Python looks for each `{…}` of an f-string from its start again: 80,000 of them take seconds."""

MOST_PARTS = 2_000
"""Python copies a module's name for each of its parts."""

_CHAIN = re.compile(r"(?:[\w. \t\f]|\\\r?\n)+")

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
    texts = {name: content for name, content in case.parsed.files.items() if name.endswith(".py")}
    trees = dict(zip(texts, _parse(tuple(texts.values()), case), strict=True))
    inside = {name: _inside(tree, spec.within) for name, tree in trees.items()}
    if spec.within is not None and not any(inside.values()):
        raise Ended(f"Your file defines no `{spec.within}`.")
    return [
        Part(name, tree, frozenset(id(node) for one in inside[name] for node in ast.walk(one)))
        for name, tree in trees.items()
    ]


def _parse(contents: tuple[bytes, ...], case: Case) -> tuple[ast.Module, ...]:
    """The trees of one answer's files, bounded all together. Raises Ended."""
    found = _trees(contents)
    if isinstance(found, Ended):
        raise Ended(found.said, found.outcome)
    if isinstance(found, tuple):
        return found
    run = run_of(case)
    raise Ended(explain_end(run, case.parsed), run.ended or Outcome.MALFORMED)


@lru_cache(maxsize=1)
def _trees(contents: tuple[bytes, ...]) -> tuple[ast.Module, ...] | Ended | None:
    """Kept for the next check of the same answer, faults too; None if it is no Python."""
    try:
        trees = tuple(map(ast.parse, _texts(contents)))
        _bounded(trees)
    except Ended as end:
        return end
    except (SyntaxError, ValueError):
        return None
    except (RecursionError, MemoryError):
        return Ended("The source is nested too deeply to be read.")
    return trees


def _texts(contents: tuple[bytes, ...]) -> list[str]:
    """What is short enough for Python's parser. Raises Ended, UnicodeDecodeError."""
    if sum(map(len, contents)) > MOST_SOURCE_KB * 1024:
        raise Ended(f"The source is longer than the {MOST_SOURCE_KB} KB that are read.")
    texts = [content.decode() for content in contents]
    if other := next(filter(None, map(other_encoding, texts)), None):
        raise Ended(f"The source says that it is written in `{other}`: only UTF-8 is read.")
    if sum(text.count("{") for text in texts) > MOST_BRACES:
        raise Ended(f"The source has more than the {MOST_BRACES} braces that are read.")
    if any(one[0].count(".") > MOST_PARTS for text in texts for one in _CHAIN.finditer(text)):
        raise Ended(f"The source has a name of more than {MOST_PARTS} parts.")
    return texts


def _bounded(trees: tuple[ast.Module, ...]) -> None:
    """Raise Ended for what would take long to be walked."""
    nodes = (node for tree in trees for node in walk(tree))
    if next(islice(nodes, MOST_NODES, None), None) is not None:
        raise Ended("The source is too long to be read.")
    if any(len(Imports(tree).stars) > MOST_STARS for tree in trees):
        raise Ended(f"The source imports more than {MOST_STARS} modules whole: import names.")


def _inside(tree: ast.Module, dotted: str | None) -> list[ast.AST]:
    found: list[ast.AST] = [tree]
    for part in dotted.split(".") if dotted else ():
        for outer in found:
            line = bound_again(ast.iter_child_nodes(outer), part)
            if line is not None:
                raise Ended(f"`{part}` is bound again in line {line}: define it once, by `def`.")
        found = [
            node
            for outer in found
            for node in ast.iter_child_nodes(outer)
            if isinstance(node, FUNCTION | ast.ClassDef) and node.name == part
        ]
    return found


def _faults(spec: SourceCheck, case: Case, parts: list[Part]) -> Iterator[str]:
    used, own, counted = _found(parts, frozenset((*spec.forbid, *spec.require)))
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


def _found(
    parts: list[Part], wanted: frozenset[str]
) -> tuple[dict[str, Place], set[str], dict[str, list[Place]]]:
    """Where wanted names are used first, which of the file's own are, where constructs stand."""
    used: dict[str, Place] = {}
    own: set[str] = set()
    counted: dict[str, list[Place]] = {}
    for part in parts:
        first: dict[str, int] = {}
        for use in uses(part):
            if use.name not in wanted:
                continue
            if use.own:
                own.add(use.name)
            else:
                first[use.name] = min(use.line, first.get(use.name, use.line))
        used = {name: (part.file, line) for name, line in first.items()} | used
        for construct, line in sorted(constructs(part), key=lambda one: one[1]):
            counted.setdefault(construct, []).append((part.file, line))
    return used, own, counted
