"""JSON from outside is refused where readers would disagree about it."""

import pytest

from grader.domain.errors import Invalid
from grader.web.strict_json import loads


def test_ordinary_json_is_read() -> None:
    assert loads('{"a": [1, 2.5, null, "x"]}') == {"a": [1, 2.5, None, "x"]}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"a": 1, "a": 2}',
        '{"a": NaN}',
        '{"a": -Infinity}',
        "[" * 100_000,
        "9" * 5000,
        b"\xff\xfe",
        "\ufeff{}",
        "{} {}",
        '{"a": "\\u0000"}',
        '{"a": ["\\ud800"]}',
        '{"\\udfff": 1}',
    ],
)
def test_everything_else_is_a_refusal_with_a_remedy(text: str | bytes) -> None:
    with pytest.raises(Invalid) as caught:
        loads(text, "answers")
    assert caught.value.faults[0].field == "answers"
    assert caught.value.faults[0].remedy
