"""What the whole is called when its parts ended differently."""

import pytest

from rubrics.outcome import Outcome, combine

CASES = [
    # alike
    (["correct", "correct"], "correct"),
    (["wrong", "wrong"], "wrong"),
    (["malformed", "malformed"], "malformed"),
    (["skipped", "skipped"], "skipped"),
    ([], "skipped"),
    # something was earned, something not
    (["correct", "wrong"], "partial"),
    (["correct", "skipped"], "partial"),
    (["partial", "partial"], "partial"),
    (["correct", "crashed", "skipped"], "partial"),
    (["partial", "timed_out"], "partial"),
    (["correct", "malformed"], "partial"),
    # nothing was earned: the loudest
    (["wrong", "crashed"], "crashed"),
    (["crashed", "timed_out", "wrong"], "timed_out"),
    (["forbidden", "out_of_memory"], "forbidden"),
    (["wrong", "malformed"], "malformed"),
    (["wrong", "skipped"], "wrong"),
    # open, whatever else was earned
    (["correct", "needs_review"], "needs_review"),
    (["crashed", "needs_review"], "needs_review"),
    (["needs_review", "rubric_error", "correct"], "rubric_error"),
    (["rubric_error", "service_error"], "service_error"),
]


@pytest.mark.parametrize(("parts", "whole"), CASES)
def test_the_whole(parts: list[str], whole: str) -> None:
    assert combine(map(Outcome, parts)) == whole
    assert combine(map(Outcome, reversed(parts))) == whole
