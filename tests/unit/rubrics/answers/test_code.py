"""A script: one UTF-8 Python file, whatever it is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.answers import MalformedAnswer, ParsedAnswer, RawAnswer, job_for
from rubrics.answers.code.parse import parse
from rubrics.answers.code.spec import CodeSpec
from rubrics.loader import LIBRARY, load
from rubrics.schema import Assignment

SPEC = CodeSpec(kind="code", collect="x.grad")


def sent(content: bytes) -> ParsedAnswer:
    return parse(SPEC, RawAnswer(kind="code", files={"my work.py": content}))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"x = 1\n", "x = 1\n"),
        (b"\xef\xbb\xbfx = 1\n", "x = 1\n"),
        ("# Übung α\r\nx = 1".encode(), "# Übung α\r\nx = 1"),
        (b"x = (\n", "x = (\n"),  # syntax is the sandbox's business
    ],
)
def test_takes_a_file(content: bytes, text: str) -> None:
    parsed = sent(content)
    assert parsed.text == text
    assert parsed.files == {"answer.py": text.encode()}


def test_takes_pasted_text() -> None:
    parsed = parse(SPEC, RawAnswer(kind="code", text="x = 1"))
    assert parsed.files == {"answer.py": b"x = 1"}


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (RawAnswer(kind="code"), "empty"),
        (RawAnswer(kind="code", files={"a.py": b""}), "empty"),
        (RawAnswer(kind="code", files={"a.py": b" \n\t\n"}), "empty"),
        (RawAnswer(kind="code", files={"a.py": b"x = 1\0"}), "binary"),
        (RawAnswer(kind="code", files={"a.py": b"x\n\xff\xfe"}), "not UTF-8 text (line 2)"),
        (RawAnswer(kind="code", text="# coding: latin-1\nx = 1"), "written in `latin-1`"),
        (RawAnswer(kind="code", text="#!x\r# vim: fileencoding=cp037\n"), "written in `cp037`"),
        (RawAnswer(kind="code", files={"a.py": b"#" * 300_000}), "293 KB, at most 256 KB"),
        (RawAnswer(kind="code", files={"a.ipynb": b"{}"}), "`a.ipynb` is not a .py file"),
        (RawAnswer(kind="code", files={"a\x1b[31m": b"x"}), "`a[31m` is not"),
        (RawAnswer(kind="code", files={"a.py": b"x", "b.py": b"y"}), "2 files were sent"),
        (RawAnswer(kind="code", text="x", files={"a.py": b"x"}), "Both"),
        (RawAnswer(kind="code", text="x = '\ud800'"), "not UTF-8"),
    ],
)
def test_refuses(raw: RawAnswer, message: str) -> None:
    with pytest.raises(MalformedAnswer) as caught:
        parse(SPEC, raw, "q1")
    assert message in caught.value.message
    assert caught.value.remedy


@given(st.binary(max_size=200))
def test_any_bytes_are_taken_or_refused(content: bytes) -> None:
    try:
        parsed = sent(content)
    except MalformedAnswer:
        return
    assert parsed.files["answer.py"].decode() == parsed.text


def test_the_job_holds_the_script_and_no_expected_value(paper: Assignment) -> None:
    job = job_for(paper.question("q1"), sent(b"x = 1"))
    assert job is not None
    assert job.files == {"answer.py": b"x = 1"}
    assert job.collect == ("x.grad",)
    assert job.limits.wall_s == 5
    assert job.forbidden == ()


def test_the_job_says_what_checks_of_the_source_forbid() -> None:
    engine = load(LIBRARY / "autograd" / "engine").question("value")
    job = job_for(engine, sent(b"import keras"))
    assert job is not None
    assert {"torch", "numpy", "sympy", "eval"} <= set(job.forbidden)
