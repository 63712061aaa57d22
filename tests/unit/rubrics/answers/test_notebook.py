"""Notebooks: code cells in order, tags, refusals by cell and line; several files."""

import contextlib
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.answers import MalformedAnswer, ParsedAnswer, RawAnswer
from rubrics.answers.code.ended import place
from rubrics.answers.code.parse import parse
from rubrics.answers.code.spec import CodeSpec
from rubrics.job import RunError

SPEC = CodeSpec(kind="code", suffixes=(".py", ".ipynb"))


def cell(source: Any, tags: tuple[str, ...] = (), kind: str = "code") -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {"tags": list(tags)}, "source": source, "outputs": []}


def notebook(*cells: Any, **more: Any) -> bytes:
    return json.dumps({"cells": list(cells), "nbformat": 4, "nbformat_minor": 5} | more).encode()


def read(content: bytes, spec: CodeSpec = SPEC) -> ParsedAnswer:
    return parse(spec, RawAnswer(kind="code", files={"work.ipynb": content}), "q")


def test_code_cells_in_order_and_nothing_else() -> None:
    content = notebook(
        cell("# Title", kind="markdown"),
        cell(["x = 1\n", "y = 2"]),
        cell("not code", kind="raw"),
        cell("z = x + y"),
    )
    parsed = read(content)
    assert parsed.files == {"answer.py": b"x = 1\ny = 2\n\nz = x + y\n"}
    assert parsed.data == {
        "filename": "work.ipynb",
        "entry": "answer.py",
        "cells": [{"cell": 2, "line": 1}, {"cell": 4, "line": 4}],
    }
    error = RunError(type="ValueError", message="", file="answer.py", line=4)
    assert place(error, parsed) == " in line 1 of cell 4"


def test_only_tagged_cells() -> None:
    spec = SPEC.model_copy(update={"tags": ("answer",)})
    content = notebook(cell("a = 1"), cell("b = 2", ("answer", "other")), cell("%magic"))
    assert read(content, spec).text == "b = 2\n"
    with pytest.raises(MalformedAnswer, match="with the tag answer"):
        read(notebook(cell("a = 1")), spec)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("%matplotlib inline", 1),
        ("%%time\nx = 1", 1),
        ("x = 1\n!pip install torch", 2),
        ("  %timeit f()", 1),
        ("print?", 1),
        ("?print", 1),
        ("x = '''\n%s\n'''\n!ls", 4),
        ("x = (1 # )\n)\n%who", 3),
        ("files = !ls", 1),
        ("a, b = !echo 1 2", 1),
        ("y = 1\nx = %time f()", 2),
        ("x =%timeit -o f(a=1)", 1),
        ("if y:\n    x = !ls", 2),
    ],
)
def test_magics_are_refused_by_cell_and_line(source: str, line: int) -> None:
    with pytest.raises(MalformedAnswer) as caught:
        read(notebook(cell("# first", kind="markdown"), cell(source)))
    assert f"Cell 2, line {line} is a command of IPython" in caught.value.message
    assert "only Python is run" in caught.value.remedy


@pytest.mark.parametrize(
    "source",
    [
        "x = (7\n% 3)",
        "x = 7 \\\n% 3",
        "text = '''\n%matplotlib inline\n!ls\n'''",
        'text = """\n!ls """',
        "# %matplotlib inline",
        "x = '%s' % 3",
        "y = [1,\n!= 2]".replace("!= 2", "2"),
        "x %= 3\ny = x % 3",
        "y = x != 3",
        "y = x == 3 != z",
        "s = '%d' % x",
        "s = f'{x = !r}' # = !ls",
        "s = '= !ls = %time'",
        "y: int = 3 % 2",
        "'it''s'\n\"a\\\"\"\nx = 1",
    ],
)
def test_python_is_not_taken_for_magic(source: str) -> None:
    assert read(notebook(cell(source))).text == source + "\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a notebook that can be read"),
        (b"[" * 100_000, "not a notebook that can be read"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not a notebook that can be read"),
        (b"[]", "format 4"),
        (notebook(cell("x"), nbformat=3), "format 4"),
        (json.dumps({"cells": {}, "nbformat": 4}).encode(), "format 4"),
        (notebook(), "no code cell"),
        (notebook(cell("  \n")), "no code cell"),
        (notebook(cell(["x", 3])), "Cell 1 has no source"),
        (notebook(cell(None)), "Cell 1 has no source"),
        (notebook(cell("x = 1"), cell("#" * 200_000)), "Cell 2 holds 195 KB"),
        (notebook(*[cell("x = 1")] * 600), "600 cells"),
        (b" " * (5 << 20), "5120 KB"),
    ],
)
def test_what_is_not_a_fit_notebook_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(MalformedAnswer) as caught:
        read(content)
    assert message in caught.value.message
    assert caught.value.remedy


def test_outputs_and_metadata_are_not_looked_at() -> None:
    one = cell("x = 1") | {"outputs": [{"data": {"text/html": "<script>"}}], "metadata": "forged"}
    content = notebook(one, "not a cell", {"cell_type": ["code"]}, metadata=[1])
    assert read(content.replace(b'"<script>"', b"NaN")).text == "x = 1\n"


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda c: st.lists(c) | st.dictionaries(st.text(), c),
        max_leaves=8,
    )
)
def test_any_json_is_read_or_refused(value: Any) -> None:
    for content in (json.dumps(value).encode(), notebook(value), notebook(cell(value))):
        with contextlib.suppress(MalformedAnswer):
            assert read(content).files


@given(st.text(max_size=200))
def test_any_text_of_a_cell_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(MalformedAnswer):
        assert read(notebook(cell(text))).files


SEVERAL = CodeSpec(kind="code", entry="main.py", files=("model.py", "data.py"))


def send(**files: bytes) -> ParsedAnswer:
    named = {name.replace("_", "."): content for name, content in files.items()}
    return parse(SEVERAL, RawAnswer(kind="code", files=named), "q")


def test_several_files_by_their_names() -> None:
    parsed = send(mine_py=b"a", model_py=b"\xef\xbb\xbfb", data_py=b"")
    assert parsed.files == {"main.py": b"a", "model.py": b"b", "data.py": b""}
    error = RunError(type="ValueError", message="", file="model.py", line=2)
    assert place(error, parsed) == " in line 2 of model.py"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "3 files are asked for, none was sent"),
        ({"model_py": b"", "data_py": b""}, "`main.py` is missing"),
        ({"main_py": b"x", "model_py": b"x"}, "`data.py` is missing"),
        ({"main_py": b"x", "model_py": b"", "data_py": b"", "more_py": b""}, "4 files were sent"),
        ({"main_py": b"x", "model_py": b"\0", "data_py": b""}, "binary"),
        ({"main_py": b"x", "model_py": b"#" * 300_000, "data_py": b""}, "KB"),
    ],
)
def test_other_sets_of_files_are_refused(files: dict[str, bytes], message: str) -> None:
    with pytest.raises(MalformedAnswer) as caught:
        send(**files)
    assert message in caught.value.message


@pytest.mark.parametrize(
    "wrong",
    [
        {"files": ("answer.py",)},
        {"tags": ("a",)},
        {"entry": "1st.py"},
        {"files": ("../x.py",)},
        {"suffixes": (".sh",)},
    ],
)
def test_an_authors_contradictions_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"validation error"):
        CodeSpec(kind="code", **wrong)


ENDLESS = ('\\"""\n' * 25_000, '"' + '\\"' * 60_000, "'" + "\\'" * 60_000, "'''" + "\\'" * 60_000)


@pytest.mark.parametrize("source", ENDLESS, ids=["triple", "double", "single", "triple single"])
def test_quotes_without_end_cost_the_length_and_not_the_square(source: str) -> None:
    before = time.process_time()
    with contextlib.suppress(MalformedAnswer):
        read(notebook(cell(source)))
    assert time.process_time() - before < 2


@pytest.mark.parametrize("letter", ["\0", "\ud800"], ids=["NUL", "surrogate"])
def test_what_no_file_can_hold_is_refused(letter: str) -> None:
    with pytest.raises(MalformedAnswer, match="no file can"):
        read(notebook(cell("x = 1"), cell(f"y = '{letter}'")))
