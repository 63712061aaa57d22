"""Every outcome has words, and numbers and texts are shown as people write them."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from grader.web import words
from rubrics.answer_check_specs import SlipKind
from rubrics.outcome import Outcome


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_badge_in_words(outcome: Outcome) -> None:
    badge = words.outcome_badge(outcome)
    assert badge.label
    assert badge.label != "Unknown"
    assert badge.icon
    assert badge.meaning


def test_an_outcome_of_a_later_version_is_still_shown() -> None:
    assert words.outcome_badge("invented").label == "Unknown"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (3.0, "3"),
        (2.5, "2.5"),
        (-0.001, "0"),
        (1 / 3, "0.33"),
        (-0.5, "-0.5"),
        (100.0, "100"),
    ],
)
def test_points(value: float | None, shown: str) -> None:
    assert words.points(value) == shown


def test_prose_escapes_before_it_sets_code() -> None:
    shown = str(words.prose("use `a<b>` not <script>"))
    assert shown == "use <code>a&lt;b&gt;</code> not &lt;script&gt;"


@pytest.mark.parametrize(
    ("distance", "shown"),
    [
        (timedelta(days=2), "in 2 days"),
        (timedelta(hours=-1), "1 hour ago"),
        (timedelta(0), "in 1 second"),
    ],
)
def test_until(distance: timedelta, shown: str) -> None:
    now = datetime(2026, 11, 1, tzinfo=UTC)
    assert words.until(now + distance, now) == shown


def test_a_moment_is_a_time_element_in_utc() -> None:
    when = datetime(2026, 11, 1, 9, 5, tzinfo=UTC)
    expected = '<time datetime="2026-11-01T09:05:00+00:00">1 Nov 2026, 09:05 UTC</time>'
    assert str(words.moment(when)) == expected


def test_durations() -> None:
    assert words.milliseconds(2.14) == "2.1 ms"
    assert words.milliseconds(1534.0) == "1.53 s"
    assert words.milliseconds(5000.0) == "5 s"


def test_every_slip_of_a_formula_has_a_heading_of_its_own() -> None:
    """A formula holds no numbers that anything could fit."""
    kinds = {*get_args(SlipKind), "known_mistake", "other_variant"}
    assert {kind for kind in kinds if "numbers" in words.diagnosis_title(kind)} == {"other_variant"}
    assert all(words.diagnosis_title(kind) != words.diagnosis_title("unheard_of") for kind in kinds)
