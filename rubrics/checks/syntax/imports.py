"""What bare names and chains of attributes are short for: imports, and other words for them."""

import ast

from rubrics.checks.syntax.scopes import Bound, Scope

LONGEST = 100
"""Characters of the names that an author may ask for. What is longer is none of them, and putting
it together for each of its parts would take the square of its length."""

MOST_STARS = 10
"""Modules imported whole; every bare name may be of each, so hundreds would take minutes."""

MOST_MEANINGS = 12
MOST_STEPS = 20
"""How often a name may be another word for one that is another word again."""


class Imports:
    """What a file's imports make of bare names, wherever in it they stand."""

    def __init__(self, tree: ast.Module) -> None:
        self._full: dict[str, list[str]] = {}
        self._bare: dict[str, list[str]] = {}
        self._words: dict[Bound, list[str]] = {}
        self._steps = 0
        self.stars: list[str] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for one in node.names:
                    first = one.name.partition(".")[0]
                    self._add(one.asname or first, one.name if one.asname else first)
            if isinstance(node, ast.ImportFrom):
                self._from(node)

    def _from(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        module = module if len(module) <= LONGEST else ""
        for one in node.names:
            if one.name != "*":
                self._add(one.asname or one.name, f"{module}.{one.name}".removeprefix("."))
            elif module not in self.stars:
                self.stars.append(module)

    def _add(self, name: str, full: str) -> None:
        """One name may be imported twice, and the second time where that never runs."""
        known = self._full.setdefault(name, [])
        if full not in known and len(full) <= 2 * LONGEST:
            self._full[name] = [*known, full][:MOST_MEANINGS]

    def of(self, name: str) -> list[str]:
        """What a bare name is short for: several if modules were imported whole."""
        if name in self._full:
            return self._full[name]
        if name not in self._bare:
            whole = (f"{module}.{name}" for module in self.stars[:MOST_STARS])
            self._bare[name] = [name, *whole]
        return self._bare[name]

    def meanings(self, node: ast.Name, scope: Scope) -> list[str]:
        """The same at a place: nothing for a name of one's own, unless it is another word."""
        bound, where = scope.look(node)
        if bound is None:
            return self.of(node.id)
        if not bound.values or self._steps >= MOST_STEPS:
            return []
        if bound not in self._words:
            self._words[bound] = []  # where words mean each other in a circle, it ends here
            self._steps += 1
            found = [full for value in bound.values for full in dotted(value, where, self)]
            self._steps -= 1
            self._words[bound] = list(dict.fromkeys(found))[:MOST_MEANINGS]
        return self._words[bound]


def dotted(node: ast.expr, scope: Scope, imports: Imports) -> list[str]:
    """What a name or a chain of attributes is short for; nothing if it begins with one's own."""
    parts, room = list[str](), LONGEST
    while isinstance(node, ast.Attribute):
        room -= 1 + len(node.attr)
        if room < 0:
            return []
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return []
    return [".".join([full, *reversed(parts)]) for full in imports.meanings(node, scope)]
