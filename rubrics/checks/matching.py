"""Compare what a student's function gave with the reference's: structure and types, then dtype,
shape and numel, then values. Nothing broadcasts, and a value that is not finite never passes by
accident.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import torch

from rubrics.calls.decode import Pairs, Unread
from rubrics.checks.hidden import FLOATING
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


def match(place: str, given: Any, plain: Any, exact: Any, rules: Rules) -> Match:
    """Compare `given`, said to be `place`, with the reference's result, as given and in float64."""
    found = parts(place, given, plain, exact, rules)
    fault = next((part.fault for part in found if part.fault), "")
    return Match(sum(part.right for part in found), sum(part.total for part in found), fault)


def parts(place: str, given: Any, plain: Any, exact: Any, rules: Rules) -> list[Match]:
    """The same, each array and number of the result by itself. Raises AuthorError."""
    return list(_walk(place, given, (plain, exact), rules))


def _walk(place: str, given: Any, wanted: tuple[Any, Any], rules: Rules) -> Iterator[Match]:
    plain, exact = wanted
    if isinstance(given, Unread):
        yield Match(0, count(plain), f"{place} could not be read: {given.detail}.")
    elif isinstance(plain, dict):
        yield from _dict(place, given, (plain, exact), rules)
    elif isinstance(plain, list | tuple):
        yield from _items(place, given, (plain, exact), rules)
    elif _is_array(plain):
        yield _array(place, given, (plain, exact), rules)
    else:
        yield _scalar(place, given, (plain, exact), rules)


def count(plain: Any) -> int:
    """The components of a result; what is empty counts as one."""
    if isinstance(plain, dict):
        plain = list(plain.values())
    if isinstance(plain, list | tuple):
        return max(1, sum(map(count, plain)))
    return max(1, _tensor(plain).numel()) if _is_array(plain) else 1


def _items(place: str, given: Any, wanted: tuple[Any, Any], rules: Rules) -> Iterator[Match]:
    plain, exact = wanted
    kinds = (list, tuple) if not rules.strict else (tuple if isinstance(plain, tuple) else list,)
    if not isinstance(given, kinds):
        yield _other(place, given, plain)
    elif len(given) != len(plain):
        fault = f"{place} has {len(given)} items, {len(plain)} are asked for."
        yield Match(0, count(plain), fault)
    elif not plain:
        yield Match(1, 1)
    else:
        for at, (one, true, finer) in enumerate(zip(given, plain, exact, strict=True), 1):
            yield from _walk(f"item {at} of {place}", one, (true, finer), rules)


def _dict(place: str, given: Any, wanted: tuple[Any, Any], rules: Rules) -> Iterator[Match]:
    plain, exact = wanted
    if not all(isinstance(key, str | int) for key in plain):
        raise AuthorError("the keys of a reference's dict must be strings or whole numbers")
    if not isinstance(given, Pairs):
        yield _other(place, given, plain)
        return
    found = {key: one for key, one in given.items if isinstance(key, str | int)}
    lacking = [key for key in plain if key not in found]
    if lacking or len(given.items) != len(plain):
        said = f"has no key `{lacking[0]}`" if lacking else "has keys that are not asked for"
        yield Match(0, count(plain), f"{place} {said}.")
        return
    yield from ([] if plain else [Match(1, 1)])
    for key, true in plain.items():
        yield from _walk(f"`{key}` of {place}", found[key], (true, exact[key]), rules)


def _scalar(place: str, given: Any, wanted: tuple[Any, Any], rules: Rules) -> Match:
    plain, exact = wanted
    if not isinstance(plain, bool | int | float | complex | str | torch.dtype | None):
        raise AuthorError(f"the reference gives {kind(plain)}, which cannot be compared")
    if not rules.strict and isinstance(plain, int | float) and _is_number(given):
        given = _tensor(given).item() if _is_array(given) else given
        given = _float(given) if isinstance(plain, float) else given
    if not rules.strict and isinstance(plain, complex) and _is_number(given):
        given = complex(_tensor(given).item() if _is_array(given) else _float(given))
    if type(given) is not type(plain):
        return _other(place, given, plain)
    if isinstance(plain, float):
        truth = torch.tensor(exact, dtype=torch.float64)
        own = torch.tensor(plain, dtype=torch.float64)
        mine = torch.tensor(given, dtype=torch.float64)
        return _values(place, mine, (own, truth), rules, _held(own, truth))
    if isinstance(plain, complex):
        return _complex(place, given, (plain, exact), rules)
    return Match(1, 1) if given == plain else Match(0, 1, f"{place} is not the right value.")


def _complex(place: str, given: complex, wanted: tuple[complex, complex], rules: Rules) -> Match:
    """One component, right where both parts are."""
    three = (torch.tensor(one, dtype=torch.complex128) for one in (given, *wanted))
    mine, own, truth = map(torch.view_as_real, three)
    found = _values(place, mine, (own, truth), rules, _held(own, truth))
    fault = "" if found.share == 1 else f"{place} is off by {_about((mine - truth).norm())}."
    return Match(0 if fault else 1, 1, fault, found.numbers)


def _held(own: torch.Tensor, truth: torch.Tensor) -> str:
    """The dtype that a Python float, or both parts of a complex number, were worked out in.

    float64, unless its digits end where float32's do, as after `.item()`, or it is another number
    when the same is worked out in float64.
    """
    narrow = torch.equal(own.to(torch.float32).to(torch.float64), own)
    return "float32" if narrow or not torch.equal(own, truth) else "float64"


def _array(place: str, given: Any, wanted: tuple[Any, Any], rules: Rules) -> Match:
    plain, exact = wanted
    if not rules.strict and not _is_array(given) and not _tensor(plain).dim():
        given = _zero_d(given, _tensor(plain).dtype)
    if not _is_array(given) or (rules.strict and type(given) is not _base(plain)):
        return _other(place, given, plain)
    mine, true = _tensor(given), _tensor(plain)
    floats = mine.dtype in FLOATING and true.dtype in FLOATING
    if mine.dtype != true.dtype and (rules.strict or not floats):
        fault = f"{place} has dtype {_dtype(mine)}, {_dtype(true)} is asked for."
        return Match(0, count(plain), fault)
    if mine.shape != true.shape:
        fault = f"{place} has shape {list(mine.shape)}, {list(true.shape)} is asked for."
        return Match(0, count(plain), fault)
    return _values(place, mine, (true, _tensor(exact)), rules)


def _float(number: float) -> float:
    """Of an integer beyond all floats, infinity."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def _zero_d(given: Any, dtype: torch.dtype) -> Any:
    """A Python number as the 0-d tensor it may stand for, if that dtype holds it; else itself."""
    if isinstance(given, bool):
        return torch.tensor(given) if dtype == torch.bool else given
    if not isinstance(given, int | float) or dtype == torch.bool:
        return given
    if dtype in FLOATING or dtype.is_complex:
        return torch.tensor(_float(given), dtype=dtype)
    bounds = torch.iinfo(dtype)
    held = isinstance(given, int) and bounds.min <= given <= bounds.max
    return torch.tensor(given, dtype=dtype) if held else given


def _values(
    place: str,
    given: torch.Tensor,
    wanted: tuple[torch.Tensor, torch.Tensor],
    rules: Rules,
    dtype: str = "",
) -> Match:
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
    dtype = dtype or _dtype(plain)
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
        return Match(0, 1, f"{place} is off by {_about(errors)}.")
    at = int(torch.where(right, -1.0, errors).argmax())
    index = [int(one) for one in torch.unravel_index(torch.tensor(at), right.shape)]
    said = f"{done} of {total} components of {place} are right; the one at index {index}"
    return Match(done, total, f"{said} is furthest off, by {_about(errors)}.")


def _about(errors: torch.Tensor) -> str:
    """One digit of the error helps to find the slip; all its digits would give the answer away."""
    worst = float(errors.max())
    return f"about {float(f'{worst:.0e}'):g}" if math.isfinite(worst) else "more than any number"


def _other(place: str, given: Any, plain: Any) -> Match:
    return Match(0, count(plain), f"{place} is {kind(given)}, {kind(plain)} is asked for.")


def kind(value: Any) -> str:
    """What a student would call the kind of a value."""
    if isinstance(value, torch.Tensor):
        return f"a {value.dim()}-d tensor"
    if _is_array(value):
        return "a numpy array"
    if value is None:
        return "None"
    names = {Pairs: "a dict", dict: "a dict", int: "an int", complex: "a complex number"}
    names[torch.dtype] = "a dtype"
    found = next((name for one, name in names.items() if type(value) is one), None)
    return found or f"a {'tuple' if isinstance(value, tuple) else type(value).__name__}"


def _base(plain: Any) -> type:
    return torch.Tensor if isinstance(plain, torch.Tensor) else type(plain)


def _is_array(value: Any) -> bool:
    return isinstance(value, torch.Tensor) or type(value).__module__ == "numpy"


def _is_number(value: Any) -> bool:
    if _is_array(value):
        return _tensor(value).numel() == 1 and not _tensor(value).is_complex()
    return isinstance(value, int | float) and not isinstance(value, bool)


def _tensor(value: Any) -> torch.Tensor:
    return value.detach() if isinstance(value, torch.Tensor) else torch.as_tensor(value)


def _dtype(tensor: torch.Tensor) -> str:
    return str(tensor.dtype).removeprefix("torch.")
