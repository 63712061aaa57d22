"""Results that few or plain values make alike are no evidence of a mistake; others are."""

from typing import Any

import numpy as np
import pytest
import torch

from rubrics.checks.close import Rules
from rubrics.checks.mistakes import WEIGHT
from rubrics.checks.telling import telling_results
from rubrics.tolerance import Tolerance

RULES = Rules(allow_nonfinite=True)
LOOSE = Rules(tolerance=Tolerance(rtol=1e-2, atol=0))
T = torch.tensor
NAN, INF = float("nan"), float("inf")


def told(pairs: list[tuple[Any, Any]], rules: Rules = RULES, among: int = 1) -> bool:
    """Each pair is a mistake's result and the right one, the same in either dtype."""
    results = [((wrong, wrong), true) for wrong, true in pairs]
    return telling_results(results, rules, WEIGHT / among)


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [(True, False)],
        [(True, False), (False, True), (True, False)],
        [(T([True, False, True]), T([False, False, False]))],
        [(0, 3), (0, 5), (0, 8)],
        [(T([0.0, 0, 0, 0]), T([0.31, 1.7, 2.2, 0.4]))],
        [(T([1.0, 1, 0, 1]), T([0.31, 1.7, 2.2, 0.4]))],
        [(2, 3)],
        [(T([1, 2]), T([2, 1]))],
        [(7.0, 3.0), (7.0, 3.0), (7.0, 3.0)],
        [(T([0.31, 0.7]), T([0.31, 0.7]))],
        [("no", "yes")],
        [("yes", "no"), ("no", "yes")],
        [(None, 3)],
        [(NAN, 0.31)],
        [(T([NAN, INF]), T([0.31, 0.7]))],
        [((), (1, 2))],
        [({"a": True, "b": [1, 0]}, {"a": False, "b": [0, 1]})],
    ],
)
def test_few_or_plain_values_say_nothing(pairs: list[tuple[Any, Any]]) -> None:
    assert not told(pairs)


@pytest.mark.parametrize(
    "pairs",
    [
        [(0.31337, 0.71231)],
        [(T(0.31337), T(0.71231))],
        [(np.array([0.31337]), np.array([0.71231]))],
        [(T([0.31337 + 0.2j]), T([0.71231 + 0j]))],
        [(5, 4), (12, 11), (7, 6), (20, 19)],
        [(T([5, 12, 7]), T([4, 11, 6]))],
        [((True, 0.31337), (False, 0.71231))],
        [({"a": [0, 0.31337]}, {"a": [1, 0.71231]})],
        [([0.31337], (0.71231, 3.0))],
        [(T([[0.31337]]), T([0.31337]))],
        [("a sentence", "another one")],
        [("relu", "tanh")],
        [(T([NAN]), T([0.31])), (T([0.7]), T([0.7]))],
    ],
)
def test_numbers_and_sentences_of_its_own_do(pairs: list[tuple[Any, Any]]) -> None:
    assert told(pairs)


def test_the_room_of_a_match_counts() -> None:
    digits = [(0.313, 0.712)]
    assert told(digits, among=3)
    assert not told(digits, LOOSE, among=3)
    assert told([(0.313, 0.712), (4.13, 2.17), (0.051, 0.9)], LOOSE, among=3)


def test_of_many_mistakes_each_needs_more() -> None:
    words = [("relu", "tanh")]
    assert told(words, among=2)
    assert not told(words, among=20)


def test_what_overflows_in_the_dtype_alone_is_seen() -> None:
    """In float64 it is right, so only what was shipped is the mistake's own."""
    same = T([0.25, 0.5])
    wrong = (T([NAN, 0.5]), same)
    assert telling_results([(wrong, same)], RULES, WEIGHT)
    assert not telling_results([((same, same), same)], RULES, WEIGHT)
