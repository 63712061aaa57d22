"""However many files are called alike, all are kept."""

import pytest

from grader.domain.file_names import unused


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["a.jpg"], ["a.jpg"]),
        (["a.jpg", "a.jpg", "a.jpg"], ["a.jpg", "2-a.jpg", "3-a.jpg"]),
        (["a.jpg", "3-a.jpg", "a.jpg"], ["a.jpg", "3-a.jpg", "4-a.jpg"]),
        (["2-a.jpg", "a.jpg", "a.jpg", "a.jpg"], ["2-a.jpg", "a.jpg", "3-a.jpg", "4-a.jpg"]),
        (["", ""], ["", "2-"]),
    ],
)
def test_a_name_that_is_taken_gets_a_number(names: list[str], kept: list[str]) -> None:
    taken: list[str] = []
    for name in names:
        taken.append(unused(name, taken))
    assert taken == kept
