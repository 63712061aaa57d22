"""How near is near enough, in one table. Always relative to the reference, never to the answer."""

import math
from typing import Literal

from pydantic import Field

from rubrics.grade import Frozen

FloatName = Literal["float16", "bfloat16", "float32", "float64"]


class Tolerance(Frozen):
    """A value passes if |value − reference| ≤ atol + rtol·|reference|."""

    rtol: float = Field(ge=0, lt=1)
    atol: float = Field(ge=0)


DEFAULTS: dict[str, Tolerance] = {
    "float16": Tolerance(rtol=1e-3, atol=1e-5),
    "bfloat16": Tolerance(rtol=1.6e-2, atol=1e-5),
    "float32": Tolerance(rtol=1.3e-6, atol=1e-5),
    "float64": Tolerance(rtol=1e-7, atol=1e-7),
}
"""As torch.testing.assert_close documents them."""


MOST_LOST = {"float16": 0.1, "bfloat16": 0.25, "float32": 1e-2, "float64": 1e-5}
"""The share of a reference's greatest component that rounding may lose; more is a fault of it."""

_REORDERED = {"float64": 1e-11}
"""assert_close's 1e-7 would let wrong sixth digits pass; no order of evaluation loses so much."""


def half_unit(reference: float, decimals: int | None, significant: int | None) -> float:
    """Half a unit in the last place that a typed answer is asked to give, around `reference`.

    Of a reference that is zero or not finite, significant digits say nothing: only zero itself
    is within reach.
    """
    if decimals is not None:
        return 0.5 * 10.0**-decimals
    if significant is None or reference == 0 or not math.isfinite(reference):
        return 0.0
    return 0.5 * 10.0 ** (math.floor(math.log10(abs(reference))) - significant + 1)


def spread(reference: float, in_dtype: float, dtype: str) -> float:
    """How far right answers lie apart when they are worked out in `dtype`.

    The greater of what the reference itself loses there and what another order of evaluation
    may lose; without it 579.9380, as float32 prints it, could be a wrong fourth decimal.
    """
    lost = abs(in_dtype - reference)
    rtol = _REORDERED.get(dtype, DEFAULTS[dtype].rtol)
    return max(lost if math.isfinite(lost) else 0.0, rtol * abs(reference))
