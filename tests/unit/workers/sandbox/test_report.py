"""What a child reported: strings are cleaned wherever they stand, and nothing odd is taken."""

import json
from typing import Any

import pytest

from rubrics.job import Missing, PlainValue
from workers import frames
from workers.sandbox import report

START = ("J", b'{"started":true}')
NOTHING = ("T", frames.pack_tensors({})[frames.HEADER.size :])


def read(value: Any) -> Any:
    told = {"error": None, "values": {"x": value}}
    return report.parse([START, ("J", json.dumps(told).encode()), NOTHING], ("x",)).values["x"]


def test_strings_come_clean_and_whole() -> None:
    told = ["a\x1b[31m\u202eb\r", [1, 2.5, True, {"special": "nan"}], "c" * 9000, "d\te\n"]
    value = read({"kind": "plain", "value": told})
    assert isinstance(value, PlainValue)
    assert json.loads(value.json_text) == ["a[31mb", *told[1:]]


def test_dicts_come_as_pairs_with_clean_keys() -> None:
    value = read({"kind": "plain", "value": {"dict": [["a\x1b", [1]], [2, {"dict": []}]]}})
    assert isinstance(value, PlainValue)
    assert json.loads(value.json_text) == {"dict": [["a", [1]], [2, {"dict": []}]]}


def test_none_within_and_complex_numbers_come_as_they_are() -> None:
    told = [None, {"dict": [["a", None]]}, {"complex": [1.5, {"special": "-inf"}]}]
    value = read({"kind": "plain", "value": told})
    assert isinstance(value, PlainValue)
    assert json.loads(value.json_text) == told


def test_what_is_said_of_a_missing_name_is_cleaned_and_cut() -> None:
    value = read({"kind": "missing", "reason": "unsupported", "detail": "\u202e" + "x" * 900})
    assert value == Missing(reason="unsupported", detail="x" * 300)


PAIRS = [{"dict": pairs} for pairs in (None, {}, [1], [[1]], [[1, 2, 3]], [[None, 1]], [[[], 1]])]

NO_PARTS = (None, {}, 1.0, [], [1.0], [1.0, 2.0, 3.0], [1.0, None], [1.0, "2"], [1.0, True], [1, 2])
NO_PARTS += ([1.0, [2.0]], [1.0, {"complex": [1.0, 2.0]}], [1.0, {"special": "1"}])
COMPLEX = [{"complex": parts} for parts in NO_PARTS] + [{"complex": [1.0, 2.0], "special": "nan"}]


@pytest.mark.parametrize(
    "value",
    [None, {"special": "1e999"}, {"special": "nan", "more": 1}, {"a": "b"}, *PAIRS, *COMPLEX],
)
def test_anything_else_is_no_value(value: Any) -> None:
    with pytest.raises(report.BadReport):
        read({"kind": "plain", "value": value})
