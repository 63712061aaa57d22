"""A name cannot become a formula in somebody's spreadsheet."""

import csv
import io

import pytest

from grader.web.dashboard.csv_export import safe_cell, to_csv


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\ufeff=1", "＝1", '=HYPERLINK("x")'],
)
def test_formulas_are_defused(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Ada Lovelace", "O'Neil", "", "3-4", "a=b"])
def test_names_are_left_alone(text: str) -> None:
    assert safe_cell(text) == text


def test_numbers_of_ours_stay_numbers() -> None:
    assert [safe_cell(one) for one in (None, -1, 2.5)] == ["", "-1", "2.5"]


def test_quotes_and_line_breaks_survive_a_round_trip() -> None:
    text = to_csv(["a", "b"], [['x"y', "line\nbreak"], ["c,d", "e"]])
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["a", "b"], ['x"y', "line\nbreak"], ["c,d", "e"],
    ]  # fmt: skip
