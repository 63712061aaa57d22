"""Comparing results: right in any accepted form is never failed, wrong never passes by accident."""

import math
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from rubrics.calls.decode import Pairs, Unread
from rubrics.checks.close import Match, Rules
from rubrics.checks.matching import match
from rubrics.reference import AuthorError, Draw
from rubrics.tolerance import Tolerance

SHAPES = st.lists(st.integers(0, 3), max_size=3)


def compare(given: Any, plain: Any, exact: Any = None, **rules: Any) -> Match:
    exact = plain if exact is None else exact
    return match("the result", given, plain, exact, Rules(**rules))


@given(SHAPES, st.sampled_from([torch.float16, torch.bfloat16, torch.float32, torch.float64]))
def test_what_rounding_does_is_right(shape: list[int], dtype: torch.dtype) -> None:
    exact = Draw(1).uniform(0, 100, *shape, dtype=torch.float64)
    plain = exact.to(dtype)
    assert compare(plain.clone(), plain, exact).share == 1
    assert compare((exact * (1 + 1e-9)).to(dtype), plain, exact).share == 1


@given(st.integers(0, 2**31), st.integers(2, 4000))
def test_another_order_of_evaluation_is_right(seed: int, terms: int) -> None:
    draw = Draw(seed)
    x = draw.uniform(-1, 2, 6, terms)
    exact, plain = x.double().sum(1), x.sum(1)
    turned = x[:, draw.permutation(terms)]
    for again in (turned.sum(1), turned.cumsum(1)[:, -1], turned.flip(1).sum(1), exact.float()):
        assert compare(again, plain, exact).share == 1, (again - exact).abs().max()


@pytest.mark.parametrize("size", [1, 20])
def test_a_reference_that_draws_other_numbers_in_float64_lets_nothing_pass(size: int) -> None:
    plain, exact = Draw(1).normal(size), Draw(2).normal(size, dtype=torch.float64)
    for mine in (plain.clone(), torch.zeros(size)):
        with pytest.raises(AuthorError, match=r"more than rounding loses.*dtype=torch.float32"):
            compare(mine, plain, exact)
    exactly = Tolerance(rtol=0, atol=0)
    assert compare(torch.zeros(size), plain, exact, tolerance=exactly).right == 0


def test_a_variance_that_loses_its_digits_is_the_authors_fault() -> None:
    x = Draw(3).uniform(999, 1001, 1000)
    naive = [(one**2).mean() - one.mean() ** 2 for one in (x, x.double())]
    with pytest.raises(AuthorError, match="choose a formula that loses less"):
        compare(naive[1].float(), *naive)


def test_sums_whose_terms_cancel_are_no_fault() -> None:
    x = Draw(4).normal(2, 100_000)
    assert compare(x.flip(1).sum(1), x.sum(1), x.double().sum(1)).share == 1
    left = 1e-3 * torch.cat([x, -x.flip(1)], dim=1).cumsum(1)[:, -1]
    assert compare(torch.zeros(2), left, torch.zeros(2).double()).right == 2


@pytest.mark.parametrize(("given", "share"), [(9e-6, 1), (9.01e-6, 1), (0.0, 0), (8e-6, 0)])
def test_a_python_float_is_held_to_what_python_computes(given: float, share: int) -> None:
    assert compare(given, 9e-6).share == share


def test_a_python_float_taken_out_of_a_tensor_is_held_to_float32() -> None:
    x = Draw(5).normal(1000)
    exact = x.double().mean().item()
    for plain in (x.mean().item(), x.sum().item() / 1000):
        for again in (x.flip(0).cumsum(0)[-1].item() / 1000, exact, plain):
            assert compare(again, plain, exact).share == 1


COMPLEX = st.complex_numbers(max_magnitude=1e3, min_magnitude=1e-3, allow_nan=False)


@given(COMPLEX)
def test_a_complex_number_of_python_has_two_right_parts(value: complex) -> None:
    assert compare(value, value).share == 1
    assert compare(value * (1 + 1e-9), value).share == 1
    for wrong in (-value, value + 1, value + 1j, complex(value.real, math.nan), math.inf + 0j):
        assert (compare(wrong, value).right, compare(wrong, value).total) == (0, 1)
    assert (
        compare(value.real, value).fault == "the result is a float, a complex number is asked for."
    )
    assert compare("1j", value, strict=False).share == 0


def test_a_real_number_may_stand_for_a_complex_one_where_types_may() -> None:
    for mine in (2, 2.0, torch.tensor(2), np.float64(2)):
        assert compare(mine, 2 + 0j, strict=False).share == 1
        assert compare(mine, 2 + 1j, strict=False).share == 0
    assert compare(2 + 0j, 2.0, strict=False).share == 0


@pytest.mark.parametrize("value", [object(), b"bytes", {(1, 2): 3}, {1}])
def test_a_reference_that_cannot_be_compared_is_the_authors_fault(value: Any) -> None:
    with pytest.raises(AuthorError):
        compare(1, value)


@given(SHAPES, SHAPES)
def test_another_shape_never_passes(shape: list[int], other: list[int]) -> None:
    assume(shape != other)
    found = compare(torch.zeros(other), torch.zeros(shape))
    assert (found.right, bool(found.fault)) == (0, True)


@given(SHAPES, st.sampled_from([math.nan, math.inf, -math.inf]))
def test_what_is_not_finite_never_passes(shape: list[int], value: float) -> None:
    true = torch.zeros(shape)
    assume(true.numel())
    assert compare(torch.full(shape, value), true).right == 0
    with pytest.raises(AuthorError):
        compare(true, torch.full(shape, value))


def test_not_finite_where_it_is_allowed_matches_its_like_alone() -> None:
    true = torch.tensor([math.nan, math.inf, -math.inf, 1.0])
    assert compare(true.clone(), true, allow_nonfinite=True).share == 1
    swapped = torch.tensor([math.inf, -math.inf, math.nan, 1.0])
    assert compare(swapped, true, allow_nonfinite=True).right == 1
    assert compare(torch.full((4,), math.nan), true, allow_nonfinite=True).right == 1


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        (1, True),
        (True, 1),
        (1.0, 1),
        (torch.tensor(1.0), 1.0),
        (1.0, torch.tensor(1.0)),
        (torch.tensor(1), torch.tensor(1.0)),
        ([1], (1,)),
        ("1", 1),
        (None, 0),
        (np.ones(2, dtype=np.float32), torch.ones(2)),
        (torch.ones(2, dtype=torch.complex64), torch.ones(2)),
        (Pairs([("a", 1), ("a", 1)]), {"a": 1}),
        (Pairs([(Pairs([]), 1)]), {"a": 1}),
        (Unread("unsupported", "no"), 1),
        (torch.float32, torch.float64),
    ],
)
def test_what_only_looks_alike_is_told_apart(given: Any, plain: Any) -> None:
    found = compare(given, plain)
    assert (found.right, bool(found.fault)) == (0, True)


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        (1.0, torch.tensor(1.0)),
        (torch.tensor(1.0), 1.0),
        (np.float32(1), 1.0),
        ([1, 2], (1, 2)),
        (np.ones(2), torch.ones(2)),
        (torch.ones(2).double(), torch.ones(2)),
    ],
)
def test_without_strict_the_same_numbers_are_right(given: Any, plain: Any) -> None:
    assert compare(given, plain, strict=False).share == 1


@given(st.integers(-(2**62), 2**62))
def test_whole_numbers_are_compared_exactly(value: int) -> None:
    true = torch.tensor([value])
    assert compare(torch.tensor([value]), true).share == 1
    assert compare(torch.tensor([value + 1]), true).share == 0


def test_equal_by_a_small_error_only() -> None:
    true = torch.tensor([1.0, 2.0, 3.0])
    found = compare(torch.tensor([1.0, 2.5, 3.0]), true)
    assert (found.right, found.total) == (2, 3)
    assert "2 of 3 components" in found.fault
    assert "index [1]" in found.fault
    assert "about 0.5" in found.fault


def test_a_wrong_part_of_a_nest_does_not_cost_the_rest() -> None:
    found = compare((torch.ones(3), [2]), (torch.ones(3), [1]))
    assert (found.right, found.total) == (3, 4)
    assert "tem 1 of item 2" in found.fault


HUGE = [10**399, -(2**70), 1e308, math.nan, math.inf]


@pytest.mark.parametrize("number", HUGE, ids=["long", "minus", "float", "nan", "inf"])
@pytest.mark.parametrize(
    "plain", [torch.tensor(1), torch.tensor(1, dtype=torch.uint8), torch.tensor(1.0), 1.0, 1]
)
def test_a_number_that_no_dtype_holds_is_wrong_and_no_fault_of_ours(
    number: Any, plain: Any
) -> None:
    assert compare(number, plain, strict=False).share == 0


@pytest.mark.parametrize("number", [1.7, 1.0, True])
def test_a_number_is_never_cut_to_an_integer(number: Any) -> None:
    assert compare(number, torch.tensor(1), strict=False).share == 0
    assert compare(1, torch.tensor(1), strict=False).share == 1
