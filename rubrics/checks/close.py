"""Whether numbers are close enough: component by component, none that is not finite by accident."""

import math
from dataclasses import dataclass, replace

import torch

from rubrics.checks.hidden import FLOATING
from rubrics.checks.sorts import dtype_name
from rubrics.reference.gradient import AuthorError
from rubrics.reference.lost import lost
from rubrics.tolerance import DEFAULTS, Tolerance


@dataclass(frozen=True)
class Rules:
    """How to compare. Without `strict` a number may stand for a 0-d tensor, a list for a tuple,
    an array for a tensor, and any floating dtype for another.
    """

    strict: bool = True
    tolerance: Tolerance | None = None
    allow_nonfinite: bool = False


@dataclass(frozen=True)
class Compared:
    """Floating numbers of one dtype: errors, what is allowed, and what is right; all float64.

    `right` is bool. All are of one shape; complex numbers have a last side of two parts.
    """

    errors: torch.Tensor
    allowed: torch.Tensor
    exact: torch.Tensor
    right: torch.Tensor
    dtype: str


@dataclass(frozen=True)
class Match:
    """How many of all components are right, and the first thing that is not, in a sentence.

    `numbers` are there if this is one array or one number with a tolerance.
    """

    right: int
    total: int
    fault: str = ""
    numbers: Compared | None = None

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.right / self.total


def values(
    place: str,
    given: torch.Tensor,
    wanted: tuple[torch.Tensor, torch.Tensor],
    rules: Rules,
    dtype: str = "",
) -> Match:
    """Compare tensors of one shape with the reference's, as given and in float64.

    `dtype` names the one whose tolerance holds, where that is not the tensor's own. What is not
    floating or complex must be equal. Raises AuthorError for a reference that is not finite.
    """
    plain, exact = wanted
    if not plain.numel():
        return Match(1, 1)
    if plain.dtype not in FLOATING and not plain.is_complex():
        right = given == plain
        return _counted(place, right, (given != plain).to(torch.float64))
    if plain.is_complex():
        given, plain, exact = map(torch.view_as_real, (given, plain, exact))
    if plain.shape != exact.shape:
        raise AuthorError("the reference gives another shape in float64")
    dtype = dtype or dtype_name(plain)
    table = rules.tolerance or DEFAULTS[dtype]
    given, plain, exact = (one.detach().to(torch.float64) for one in (given, plain, exact))
    if not rules.allow_nonfinite and not bool(plain.isfinite().all()):
        raise AuthorError("the reference is not finite: allow it, or draw other inputs")
    allowed = table.atol + table.rtol * exact.abs()
    if rules.tolerance is None:
        allowed = allowed + _spread(exact, lost(exact, plain, dtype))
    both, errors = given.isfinite() & plain.isfinite(), (given - exact).abs()
    same = (given == plain) | (given.isnan() & plain.isnan())
    right = torch.where(both, errors <= allowed, same & ~plain.isfinite())
    counted = _counted(place, right, torch.where(right, 0.0, errors.nan_to_num(math.inf)))
    return replace(counted, numbers=Compared(errors, allowed, exact, right, dtype))


def _spread(exact: torch.Tensor, away: torch.Tensor) -> torch.Tensor:
    """How far right answers lie apart in the reference's dtype, per component.

    What the reference itself lost there, and nowhere less than what it lost typically: another
    order of evaluation may lose where this one by chance did not. Twice that, for both sides.
    """
    typical = (away / exact.abs().clamp_min(1e-300)).nan_to_num(0.0, 0.0, 0.0).median()
    return 2 * torch.maximum(away, typical * exact.abs().nan_to_num(0.0, 0.0, 0.0))


def _counted(place: str, right: torch.Tensor, errors: torch.Tensor) -> Match:
    done, total = int(right.sum()), right.numel()
    if done == total:
        return Match(done, total)
    if total == 1:
        return Match(0, 1, f"{place} is off by {about(errors)}.")
    at = int(torch.where(right, -1.0, errors).argmax())
    index = [int(one) for one in torch.unravel_index(torch.tensor(at), right.shape)]
    said = f"{done} of {total} components of {place} are right; the one at index {index}"
    return Match(done, total, f"{said} is furthest off, by {about(errors)}.")


def about(errors: torch.Tensor) -> str:
    """One digit of the error helps to find the slip; all its digits would give the answer away."""
    worst = float(errors.max())
    return f"about {float(f'{worst:.0e}'):g}" if math.isfinite(worst) else "more than any number"
