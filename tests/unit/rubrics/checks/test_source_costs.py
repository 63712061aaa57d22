"""What a source costs to be looked at is bounded, whatever is written in it."""

import ast
import time
from typing import Any

import pytest

from rubrics.checks import source
from rubrics.checks.over_cases import Ended

NO_CASE: Any = None


def test_functions_that_call_themselves_are_found_by_their_line() -> None:
    tree = ast.parse(
        "def f(x):\n    return f(x)\n\ndef g(x):\n    return f(x)\n\n"
        "def h(x):\n    def inner(y):\n        return h(y)\n    return inner(x)\n"
        "class C:\n    async def m(self):\n        await self.m()\n"
    )
    assert source._recursions(tree) == {1, 7, 12}


def test_a_source_that_is_too_long_is_not_parsed() -> None:
    text = "f'" + '{f"{1}"}' * 20_000 + "'"
    with pytest.raises(Ended, match="64 KB"):
        source._parse(text.encode(), NO_CASE)


def test_calls_in_nested_functions_are_looked_at_once() -> None:
    head = "\n".join(" " * at + f"def f{at}():" for at in range(98))
    text = f"{head}\n{' ' * 98}{'g(h(1));' * 6000}"
    tree = source._parse(text.encode(), NO_CASE)
    before = time.process_time()
    assert source._counted([tree])["recursion"] == []
    assert time.process_time() - before < 5
