"""How far an answer is off, in units of what is allowed, and of tolerances that could be given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import torch

from rubrics.checks.close import Match
from rubrics.findings import FAR
from rubrics.tolerance import DEFAULTS, Tolerance


@dataclass(frozen=True)
class Far:
    """The worst component of one answer: `share` of what is allowed, and where that is.

    `error`, `allowed` and `value` (what is right, of complex numbers its size) are that
    component's; `by` is the greatest share that each of some other tolerances would come to.
    `where` names the case, `said` tells what is wrong where no numbers could be compared.
    """

    share: float
    error: float = 0.0
    allowed: float = 0.0
    value: float = 0.0
    by: tuple[float, ...] = ()
    where: str = ""
    said: str = ""


def other_kind(said: str, bases: Sequence[Tolerance], where: str = "") -> Far:
    """An answer whose numbers are not even comparable."""
    return Far(FAR, by=(FAR,) * len(bases), where=where, said=said)


def of_numbers(
    errors: torch.Tensor,
    allowed: torch.Tensor,
    true: torch.Tensor,
    same: torch.Tensor,
    bases: Sequence[Tolerance],
) -> Far:
    """The worst of some components: float64, of one shape; `true` may be complex.

    `same` are those that are right although they are not finite.
    """
    errors = torch.where(same, 0.0, errors).nan_to_num(FAR, FAR).flatten()
    if not errors.numel():
        return Far(0.0, by=(0.0,) * len(bases))
    true = torch.where(same, 0.0, true.abs() if true.is_complex() else true).flatten()
    size = true.abs()
    allowed = torch.where(same, 0.0, allowed).flatten()
    shares = _shares(errors, allowed)
    at = int(shares.argmax())
    return Far(
        share=float(shares[at]),
        error=float(errors[at]),
        allowed=float(allowed[at].clamp(max=FAR)),
        value=float(true[at].clamp(-FAR, FAR)),
        by=tuple(float(_shares(errors, one.atol + one.rtol * size).max()) for one in bases),
    )


def of_result(parts: Iterable[Match], bases: Sequence[Tolerance], where: str = "") -> Far:
    """The worst of a whole result, as it was compared part by part."""
    found = [Far(0.0, by=(0.0,) * len(bases))]
    for part in parts:
        one = part.numbers
        if one is not None:
            same = one.right & ~one.errors.isfinite()
            found.append(of_numbers(one.errors, one.allowed, one.exact, same, bases))
        elif part.right < part.total:
            found.append(other_kind(part.fault, bases))
    return replace(farthest(found), where=where)


def farthest(found: Sequence[Far]) -> Far:
    """Of several cases or parts: an answer is right only if all of them are."""
    worst = max(found, key=lambda one: one.share)
    columns = zip(*(one.by for one in found), strict=True)
    return replace(worst, by=tuple(max(column) for column in columns))


def bases(
    own: Tolerance | None, dtype: str, decimals: int | None = None, significant: int | None = None
) -> tuple[Tolerance, ...]:
    """Tolerances that an author could be advised to take a multiple of, the likeliest first."""
    if decimals is not None:
        asked = Tolerance(rtol=0, atol=0.5 * 10.0**-decimals)
    elif significant is not None:
        asked = Tolerance(rtol=0.5 * 10.0 ** (1 - significant), atol=0)
    else:
        asked = DEFAULTS[dtype]
    table = DEFAULTS[dtype]
    relative = Tolerance(rtol=table.rtol, atol=0)
    absolute = Tolerance(rtol=0, atol=table.atol)
    first = () if own is None or own.rtol == own.atol == 0 else (own,)
    return tuple(dict.fromkeys((*first, asked, relative, absolute)))


def _shares(errors: torch.Tensor, allowed: torch.Tensor) -> torch.Tensor:
    shares = torch.where(errors == 0, 0.0, errors / allowed)
    return shares.nan_to_num(FAR, FAR).clamp(max=FAR)
