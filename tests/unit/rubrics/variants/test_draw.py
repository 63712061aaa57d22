"""Draws: the same for a seed wherever it is drawn, within bounds, and independent by name."""

from typing import Any

import pytest
from pydantic import ValidationError

from rubrics.constraints import ConstraintFault
from rubrics.schema import AssignmentFile
from rubrics.variants import draw, draw_number, number_of, varied


def test_a_seed_gives_these_very_values(assignment: AssignmentFile) -> None:
    """Written down, so that another version of Python that drew otherwise would be found out."""
    assert draw(assignment, 7).values == GOLDEN_7
    assert draw(assignment, 2**62 - 1).number == (2**62 - 1) % 200


GOLDEN_7 = {"n": "6", "who": "a_b", "q.x": "[-0.5, 0.3, 0.5]", "q.A": "[[6, 8], [0, 7]]"}


def test_every_draw_keeps_to_what_the_author_said(assignment: AssignmentFile) -> None:
    for number in range(200):
        variant = draw_number(assignment, number)
        params = variant.questions["q"]
        assert params.n in (2, 3, 5, 6)
        assert params.who in ("tanh", "a_b")
        assert len(set(params.x)) == 3
        assert params.x[0] < params.x[1]
        assert all(-1 <= one <= 1 and one != 0 and one == round(one, 1) for one in params.x)
        assert len(params.A) == 2
        assert {len(row) for row in params.A} == {2}
        assert all(type(one) is int and 0 <= one <= 9 for row in params.A for one in row)
        assert variant.shared.n == params.n


def test_draws_differ_and_reach_every_value(assignment: AssignmentFile) -> None:
    drawn = [draw_number(assignment, number).questions["q"] for number in range(200)]
    assert {one.n for one in drawn} == {2, 3, 5, 6}
    assert len({one.x for one in drawn}) > 150


def test_another_parameter_changes_no_value_of_the_others(document: dict[str, Any]) -> None:
    before = draw(AssignmentFile.model_validate(document), 5).values
    document["questions"][0]["parameters"]["k"] = {"kind": "int", "low": 0, "high": 99}
    after = draw(AssignmentFile.model_validate(document), 5).values
    assert {name: after[name] for name in before} == before


def test_skipped_variants_are_nobodys(document: dict[str, Any]) -> None:
    document["variants"] = {"count": 10, "skip": [3, 4]}
    assignment = AssignmentFile.model_validate(document)
    numbers = [number_of(assignment, seed) for seed in range(200)]
    assert set(numbers) == {0, 1, 2, 5, 6, 7, 8, 9}
    assert all(one == seed % 10 for seed, one in enumerate(numbers) if seed % 10 not in (3, 4))


def test_without_parameters_there_is_one_variant(document: dict[str, Any]) -> None:
    del document["parameters"], document["questions"][0]["parameters"]
    del document["questions"][0]["constraints"]
    assignment = AssignmentFile.model_validate(document)
    assert not varied(assignment)
    assert number_of(assignment, 1234) == 0
    assert draw(assignment, 1234).values == {}


def test_what_cannot_be_met_is_a_fault_not_an_endless_loop(document: dict[str, Any]) -> None:
    document["questions"][0]["constraints"] = ["n < 2"]
    with pytest.raises(ConstraintFault, match="no draw of"):
        draw(AssignmentFile.model_validate(document), 1)


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        ({"kind": "int", "low": 3, "high": 3}, "fewer than two values"),
        ({"kind": "int", "low": 3, "high": 2}, "fewer than two values"),
        ({"kind": "int", "low": 1, "high": 3, "exclude": [1, 2]}, "fewer than two values"),
        ({"kind": "float", "low": 0, "high": 1, "step": 0}, "greater than 0"),
        ({"kind": "float", "low": 0, "high": 1, "step": 1e-9}, "larger step"),
        ({"kind": "float", "low": 0, "high": 1}, "Field required"),
        ({"kind": "choice", "options": [1, 1]}, "listed twice"),
        ({"kind": "choice", "options": ["a"]}, "fewer than two values"),
        ({"kind": "int", "low": 1, "high": 3, "size": [4], "distinct": True}, "distinct entries"),
        ({"kind": "int", "low": 1, "high": 3, "size": [64, 64]}, "more than 256"),
        ({"kind": "int", "low": 1, "high": 3, "size": [0]}, "greater than or equal to 1"),
    ],
)
def test_a_parameter_that_draws_nothing_is_refused(
    document: dict[str, Any], parameter: dict[str, Any], said: str
) -> None:
    document["parameters"]["bad"] = parameter
    with pytest.raises(ValidationError, match=said):
        AssignmentFile.model_validate(document)
