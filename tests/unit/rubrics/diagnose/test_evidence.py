"""Chance is not an explanation: wrong answers without a known cause are left unnamed."""

import random
from collections import Counter
from collections.abc import Callable

import pytest
import torch

from rubrics.diagnose import Table, build, explain
from rubrics.diagnose.evidence import chance, enough
from rubrics.reference import Gradient
from tests.unit.rubrics.diagnose.conftest import rounded, seen, table
from tests.unit.rubrics.diagnose.graphs import GRAPHS

ANSWERS = 500
MOST_FALSE = 0.02


def scalar(x: torch.Tensor) -> torch.Tensor:
    parts = torch.stack([x, x * x, x - 1])
    return torch.tanh(x) * torch.log(1 + x**2) + torch.softmax(parts, 0)[0]


SCALAR = build(Gradient(of=scalar, at={"x": torch.tensor(0.7)}, wrt="x"))


def anywhere(true: list[float], dice: random.Random) -> list[float]:
    return [dice.uniform(-2, 2) * max(abs(value), 0.1) for value in true]


def decades(true: list[float], dice: random.Random) -> list[float]:
    return [value * 10 ** dice.uniform(-2, 2) * dice.choice([1, -1]) for value in true]


def one_component(true: list[float], dice: random.Random) -> list[float]:
    at = dice.randrange(len(true))
    return [anywhere([value], dice)[0] if i == at else value for i, value in enumerate(true)]


def one_digit(true: list[float], dice: random.Random) -> list[float]:
    at = dice.randrange(len(true))
    spelled = list(f"{true[at]:.4f}")
    place = dice.choice([i for i, one in enumerate(spelled) if one.isdigit()])
    spelled[place] = dice.choice([one for one in "0123456789" if one != spelled[place]])
    return [float("".join(spelled)) if i == at else value for i, value in enumerate(true)]


def wrong_answers(of: Table, decimals: int) -> list[torch.Tensor]:
    """500 wrong answers of four sorts, the same in every run."""
    dice = random.Random(7)
    sorts: list[Callable[[list[float], random.Random], list[float]]]
    sorts = [anywhere, decades, one_component, one_digit]
    found: list[torch.Tensor] = []
    while len(found) < ANSWERS:
        made = sorts[len(found) % len(sorts)](rounded(of.true, decimals).tolist(), dice)
        answer = torch.tensor(made, dtype=torch.float64)
        if not bool(seen(of, answer, decimals).right.all()):
            found.append(answer)
    return found


@pytest.mark.parametrize("decimals", [3, 4])
@pytest.mark.parametrize("name", ["power", "cross-entropy", "layer norm", "scalar"])
def test_at_most_two_in_a_hundred_wrong_answers_are_named_falsely(name: str, decimals: int) -> None:
    of = SCALAR if name == "scalar" else table(name)
    named = Counter(
        found[0].kind
        for answer in wrong_answers(of, decimals)
        if (found := explain(of, seen(of, answer, decimals)))
    )
    assert named.total() <= MOST_FALSE * ANSWERS, named


def test_all_zeros_are_no_evidence() -> None:
    for name in GRAPHS:
        of = table(name)
        assert explain(of, seen(of, torch.zeros_like(of.true))) == ()


def test_equal_values_are_one_piece_of_evidence() -> None:
    assert chance([(0.25, 1.0, 5e-5)] * 4) == chance([(0.25, 1.0, 5e-5)])


def test_where_the_slip_is_right_there_is_no_evidence() -> None:
    assert chance([(1.0, 1.0, 5e-5), (2.5, 2.5, 5e-5)]) == 1


def test_more_digits_are_more_evidence() -> None:
    shares = [chance([(0.47, 0.97, tolerance)]) for tolerance in (5e-2, 5e-3, 5e-4, 5e-5)]
    assert shares == sorted(shares, reverse=True)
    assert not enough(shares[0], 0.1)
    assert enough(shares[3], 0.1)


def test_a_round_number_says_little() -> None:
    assert chance([(2.0, 0.9, 5e-5)]) > 100 * chance([(2.1234, 0.9, 5e-5)])
