"""What a source costs to be looked at is bounded, whatever is written in it."""

import ast
import time
from typing import Any

import pytest

from rubrics.checks import source
from rubrics.checks.over_cases import Ended
from rubrics.checks.syntax.names import uses
from rubrics.checks.syntax.scopes import Part

NO_CASE: Any = None


def part(text: str) -> Part:
    (tree,) = source._parse((text.encode(),), NO_CASE)
    return Part("a.py", tree, frozenset(map(id, ast.walk(tree))))


def test_a_source_that_is_too_long_is_not_parsed() -> None:
    text = "f'" + '{f"{1}"}' * 40_000 + "'"
    with pytest.raises(Ended, match="256 KB"):
        source._parse((text.encode(),), NO_CASE)


def test_as_much_as_intake_lets_in_by_default_is_read() -> None:
    line = "    total = total + weights[0] * values[1]  # a comment that says what it does\n"
    text = "def f(weights, values):\n    total = 0\n" + line * (255 * 1024 // len(line))
    assert "weights" not in {use.name for use in uses(part(text))}


def test_the_files_of_an_answer_are_bounded_together() -> None:
    half = b"a = 1\n" * (130 * 1024 // 6)
    with pytest.raises(Ended, match="256 KB"):
        source._parse((half, half), NO_CASE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("f'" + "{a}" * 80_000 + "'", "braces"),
        ("b\n" * 120_000, "too long"),
        ("import a" + ". a" * 60_000, "2000 parts"),
        ("import a" + ".\\\n a" * 40_000, "2000 parts"),
        ("lambda:" * 150 + "(" + "b()," * 30_000 + ")", "nested too deeply"),
        ("".join(f"from a{at} import *\n" for at in range(11)), "more than 10 modules whole"),
        ("# coding: punycode\n#" + "a" * 250_000, "written in `punycode`"),
        ("\f\n\f# -*- coding: cp037 -*-\n" + "a\n" * 9, "written in `cp037`"),
    ],
    ids=[
        "f-string",
        "nodes",
        "module",
        "module over lines",
        "scopes",
        "stars",
        "codec",
        "second line",
    ],
)
def test_what_would_take_long_is_refused_at_once_and_why(text: str, said: str) -> None:
    before = time.process_time()
    with pytest.raises(Ended, match=said):
        source._parse((text.encode(),), NO_CASE)
    assert time.process_time() - before < 25


def test_a_file_that_says_it_is_utf_8_is_read() -> None:
    for name in ("utf-8", "UTF8", "utf_8", "utf-8-unix", "ascii"):
        assert {use.name for use in uses(part(f"#!python\n# coding: {name}\nx\n"))} == {"x"}
    assert uses(part("x = 1\n# coding: punycode\n")), "no cookie: code stands before it"


ROOM = 250 * 1024
STARS = "".join(f"from a{at} import *\n" for at in range(10))

HURTING = {
    "a long chain": STARS + ("x" + ".a" * 900 + "\n") * (ROOM // 5000),
    "many chains": STARS + ("x" + ".a" * 5 + "\n") * (ROOM // 32),
    "a chain of long names": STARS + ("x." + "a" * 90 + ".b" * 900 + "\n") * (ROOM // 5000),
    "a long module": "import a" + ".a" * 1_900,
    "names of a long module": f"from {'a' * (ROOM // 2)} import "
    + ",".join(f"x{at}" for at in range(ROOM // 16)),
    "bare names of many modules": STARS + "b\n" * 45_000,
    "words for words": "a0 = b.c\n" + "".join(f"a{at} = a{at - 1}\n" for at in range(1, 9_000)),
    "words in circles": STARS
    + "".join(f"a{at} = a{at + 1} = a{at + 7} = a{at + 3}.b\n" for at in range(6_000))
    + "def f():\n"
    + " a5.c\n" * 9_000,
    "names deep in functions": "lambda a:" * 90 + "(" + "b," * 60_000 + ")",
    "text that is run": 'eval("' + "a+" * (ROOM // 3) + 'a")\n',
    "calls in nested functions": "\n".join(" " * at + f"def f{at}():" for at in range(98))
    + f"\n{' ' * 98}{'g(h(1));' * 6000}",
    "one f-string": "f'" + "{a}" * 9_900 + "'",
    "many functions": "".join(f"def f{at}(a=0):f{at}\n" for at in range(6_000)),
    "many names": "".join(f"a{at}=a{at}\n" for at in range(17_000)),
    "many statements in a function": "def f():\n" + " a\n" * 20_000,
    "many imports": STARS
    + "".join(f"from a{at}b import c{at}\n" for at in range(300))
    + "b\n" * 20_000,
}


@pytest.mark.parametrize("text", HURTING.values(), ids=HURTING.keys())
def test_a_source_made_to_take_long_is_looked_at_in_seconds(text: str) -> None:
    before = time.process_time()
    whole = part(text)
    source._found([whole], frozenset({"softmax"}))
    assert time.process_time() - before < 45


def test_memory_for_chains_grows_with_their_length_and_not_its_square() -> None:
    whole = part(HURTING["a long chain"])
    assert sum(len(use.name) for use in uses(whole)) < 200 * ROOM
