"""Printed text beside the reference's: words exactly, numbers as far as they are printed."""

import time

import pytest

from rubrics.checks.prints import MOST_PRINTED, compare


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("a\n", "a"),
        ("\n a  \nb\n\n", "a\nb"),
        ("loss 0.30000000000000004", "loss 0.3"),
        ("loss 0.3", "loss 0.30000000000000004"),
        ("x=1.23456789e-05", "x=1.23456780e-05"),
        ("1.23457", "1.23456"),
        ("[0.00001, 2]", "[0.00000, 2]"),
        ("-0.0", "0.0"),
        ("nan inf 1e400", "nan inf 1e400"),
        ("1.5 is v1.2.3", "1.5 is v1.2.3"),
    ],
)
def test_the_same(given: str, wanted: str) -> None:
    assert compare(given, wanted).share == 1


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("", "a"),
        ("a\nb", "a"),
        ("a", "a\nb"),
        ("a b", "a  b"),
        ("0.5", "0.6"),
        ("0.500", "0.5"),
        ("0.1234", "0.1235"),
        ("1.23459", "1.23456"),
        ("loss 0.3001", "loss 0.30000000000000004"),
        ("x 0.5", "y 0.5"),
        ("0.5 0.5", "0.5"),
        ("7", "8"),
        ("10000000", "10000001"),
        ("7", "7.0"),
        ("1e400", "1e401"),
        ("nan", "0.0"),
        ("1e99999", "2.0000000"),
    ],
)
def test_not_the_same(given: str, wanted: str) -> None:
    found = compare(given, wanted)
    assert (found.share, bool(found.said)) == (0, True)


@pytest.mark.parametrize("text", ["1" * MOST_PRINTED, "1." * 4000, "1e" * 4000, "-" * MOST_PRINTED])
def test_text_made_to_take_long_does_not(text: str) -> None:
    before = time.process_time()
    compare(text, text + " ")
    compare(text, text[:-1] + "x")
    assert time.process_time() - before < 1
