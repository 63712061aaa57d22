"""What a source costs to be looked at is bounded, whatever is written in it."""

import ast
import time
from typing import Any

import pytest

from rubrics.checks import source
from rubrics.checks.over_cases import Ended
from rubrics.checks.syntax.constructs import constructs
from rubrics.checks.syntax.names import uses
from rubrics.checks.syntax.scopes import Part

NO_CASE: Any = None


def part(text: str) -> Part:
    tree = source._parse(text.encode(), NO_CASE)
    return Part("a.py", tree, frozenset(map(id, ast.walk(tree))))


def test_a_source_that_is_too_long_is_not_parsed() -> None:
    text = "f'" + '{f"{1}"}' * 40_000 + "'"
    with pytest.raises(Ended, match="256 KB"):
        source._parse(text.encode(), NO_CASE)


def test_as_much_as_intake_lets_in_by_default_is_read() -> None:
    line = "    total = total + weights[0] * values[1]  # a comment that says what it does\n"
    text = "def f(weights, values):\n    total = 0\n" + line * (255 * 1024 // len(line))
    assert "weights" not in {use.name for use in uses(part(text))}


HURTING = {
    "calls in nested functions": "\n".join(" " * at + f"def f{at}():" for at in range(98))
    + f"\n{' ' * 98}{'g(h(1));' * 6000}",
    "one f-string": "f'" + "{a}" * 25_000 + "'",
    "many functions": "".join(f"def f{at}(a=0):f{at}\n" for at in range(6_000)),
    "many names": "".join(f"a{at}=a{at}\n" for at in range(17_000)),
    "many statements in a function": "def f():\n" + " a\n" * 20_000,
    "many imports": "".join(f"from a{at} import *\n" for at in range(300)) + "b\n" * 20_000,
}


@pytest.mark.parametrize("text", HURTING.values(), ids=HURTING.keys())
def test_a_source_made_to_take_long_is_looked_at_in_seconds(text: str) -> None:
    before = time.process_time()
    whole = part(text)
    for _ in (*uses(whole), *constructs(whole)):
        pass
    assert time.process_time() - before < 15
