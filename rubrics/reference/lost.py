"""What a reference loses when it is worked out in the question's dtype instead of float64."""

import torch

from rubrics.reference.gradient import AuthorError
from rubrics.tolerance import DEFAULTS, MOST_LOST

REMEDY = (
    "draw random numbers in one dtype (`torch.randn(3, dtype=torch.float32)`), choose a formula"
    " that loses less, or give a `tolerance`"
)


def lost(exact: torch.Tensor, plain: torch.Tensor, dtype: str) -> torch.Tensor:
    """|plain − exact| per component, float64; 0 where either is not finite.

    `plain` was worked out in `dtype`. Raises AuthorError where it is more than rounding loses: what
    a reference loses is added to what is allowed, so one that draws other numbers in float64 would
    let any answer pass.
    """
    away = (plain.to(exact.dtype) - exact).abs().to(torch.float64).nan_to_num(0.0, 0.0, 0.0)
    if not away.numel():
        return away
    # Of the greatest component: where terms cancel, a small one loses what the great ones do.
    size = exact.abs().to(torch.float64).nan_to_num(0.0, 0.0, 0.0).max()
    if bool(away.max() > DEFAULTS[dtype].atol + MOST_LOST[dtype] * size):
        said = f"the reference is {float(away.max()):.1g} off in {dtype}, of {float(size):.1g}"
        raise AuthorError(f"{said}: more than rounding loses, so right and wrong are one: {REMEDY}")
    return away
