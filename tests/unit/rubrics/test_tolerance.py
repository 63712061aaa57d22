"""The table of tolerances, and the room that typed digits get."""

import pytest
import torch
from torch.testing._comparison import default_tolerances

from rubrics.tolerance import DEFAULTS, half_unit, spread


@pytest.mark.parametrize("name", DEFAULTS)
def test_the_table_is_that_of_torch(name: str) -> None:
    rtol, atol = default_tolerances(getattr(torch, name))
    assert (DEFAULTS[name].rtol, DEFAULTS[name].atol) == (rtol, atol)


@pytest.mark.parametrize(
    ("reference", "decimals", "significant", "expected"),
    [
        (0.9673, 4, None, 5e-5),
        (579.938, 4, None, 5e-5),
        (579.938, 0, None, 0.5),
        (579.938, None, 4, 0.05),
        (-0.00123, None, 3, 5e-6),
        (1.0, None, 3, 5e-3),
        (0.0, None, 3, 0.0),
        (float("inf"), None, 3, 0.0),
    ],
)
def test_half_a_unit_of_the_last_place_asked_for(
    reference: float, decimals: int | None, significant: int | None, expected: float
) -> None:
    assert half_unit(reference, decimals, significant) == pytest.approx(expected)


def test_the_spread_is_what_the_dtype_loses() -> None:
    assert spread(580.0, 580.0, "float32") == pytest.approx(7.54e-4)
    assert spread(1.0, 1.1, "float32") == pytest.approx(0.1)
    assert spread(1.0, float("nan"), "float32") == pytest.approx(1.3e-6)
