"""The bounds that the diagnosis must keep on the table of wrong gradients; see its README.md."""

import pytest

from tests.golden.diagnosis.measure import Score, measure


@pytest.fixture(scope="module")
def score() -> Score:
    return measure()


def test_the_true_cause_is_named_and_named_first(score: Score) -> None:
    assert score.named >= 0.9 * score.family, score.missed
    assert score.first >= 0.75 * score.family, score.not_first


def test_right_answers_are_not_explained(score: Score) -> None:
    assert score.right_named == []


def test_slips_outside_the_family_get_no_name_or_an_honest_one(score: Score) -> None:
    assert score.outside >= 0.2 * (score.family + score.outside)
    assert score.dishonest == []


def test_answers_that_nothing_explains_are_not_explained(score: Score) -> None:
    assert score.unexplained >= 500
    assert len(score.false) <= 0.02 * score.unexplained, score.false
