"""Text that no database takes is replaced, all other text is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.store.base import clean, clean_json

CASES = [
    ("plain", "plain"),
    ("é 😀 \u202e \x1b", "é 😀 \u202e \x1b"),
    ("a\0b", "a\ufffdb"),
    ("\ud800", "\ufffd"),
    ("\udc80x", "\ufffdx"),
    ("\ud83d\ude00", "😀"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_clean(text, expected):
    assert clean(text) == expected


@given(st.text(st.characters(codec=None, categories=None)))
def test_whatever_comes_out_can_be_stored(text):
    cleaned = clean(text)
    assert "\0" not in cleaned
    assert clean(cleaned) == cleaned
    cleaned.encode()


def test_json_is_cleaned_all_the_way_down():
    value = {"a\0": ["\ud800", {"b": ("c\0", 1, None, True, 1.5)}]}
    assert clean_json(value) == {"a\ufffd": ["\ufffd", {"b": ["c\ufffd", 1, None, True, 1.5]}]}
