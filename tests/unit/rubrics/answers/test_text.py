"""Prose: kept, within bounds."""

import pytest

from rubrics.answers import KINDS, MalformedAnswer, RawAnswer, job_for, parse_answer
from rubrics.answers.text.parse import parse
from rubrics.answers.text.spec import TextSpec
from rubrics.schema import Assignment

SPEC = TextSpec(kind="text", max_words=5)


def test_keeps_lines_and_drops_control_characters() -> None:
    parsed = parse(SPEC, RawAnswer(kind="text", text="  one\x00\x1b[31m two\r\nσ′ ≤ 1/4\t"))
    assert parsed.text == "one[31m two\nσ′ ≤ 1/4"
    assert parsed.data == {"words": 5}


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (RawAnswer(kind="text", text=" \n "), "empty"),
        (RawAnswer(kind="text", text="a b c d e f"), "6 words, at most 5"),
        (RawAnswer(kind="text", text="x" * 300), "1 words, at most 5"),
        (RawAnswer(kind="text", files={"a": b"x"}), "A file"),
    ],
)
def test_refuses(raw: RawAnswer, message: str) -> None:
    with pytest.raises(MalformedAnswer, match=message):
        parse(SPEC, raw)


def test_needs_no_sandbox(paper: Assignment) -> None:
    parsed = parse_answer(paper.question("q2b"), RawAnswer(kind="text", text="because"))
    assert job_for(paper.question("q2b"), parsed) is None


def test_another_kind_is_refused_by_name(paper: Assignment) -> None:
    with pytest.raises(MalformedAnswer) as caught:
        parse_answer(paper.question("q1"), RawAnswer(kind="text", text="x"))
    assert caught.value.field == "q1"
    assert caught.value.remedy == "Send `tensor` or `code`."


def test_all_kinds_are_in_the_table() -> None:
    assert set(KINDS) == {"number", "tensor", "expression", "choice", "code", "text", "scan"}
