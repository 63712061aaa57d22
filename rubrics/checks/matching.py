"""Compare what a student's function gave with the reference's: structure and types, then dtype,
shape and numel, then values. Nothing broadcasts.
"""

from collections.abc import Iterator
from typing import Any

import torch

from rubrics.calls.decode import Pairs, Unread
from rubrics.checks.close import Match, Rules, about, values
from rubrics.checks.hidden import FLOATING
from rubrics.checks.sorts import (
    as_float,
    base,
    dtype_name,
    is_array,
    is_number,
    kind,
    tensor_of,
    zero_d,
)
from rubrics.reference.gradient import AuthorError


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
    elif is_array(plain):
        yield _array(place, given, (plain, exact), rules)
    else:
        yield _scalar(place, given, (plain, exact), rules)


def count(plain: Any) -> int:
    """The components of a result; what is empty counts as one."""
    if isinstance(plain, dict):
        plain = list(plain.values())
    if isinstance(plain, list | tuple):
        return max(1, sum(map(count, plain)))
    return max(1, tensor_of(plain).numel()) if is_array(plain) else 1


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
    if not rules.strict and isinstance(plain, int | float) and is_number(given):
        given = tensor_of(given).item() if is_array(given) else given
        given = as_float(given) if isinstance(plain, float) else given
    if not rules.strict and isinstance(plain, complex) and is_number(given):
        given = complex(tensor_of(given).item() if is_array(given) else as_float(given))
    if type(given) is not type(plain):
        return _other(place, given, plain)
    if isinstance(plain, float):
        truth = torch.tensor(exact, dtype=torch.float64)
        own = torch.tensor(plain, dtype=torch.float64)
        mine = torch.tensor(given, dtype=torch.float64)
        return values(place, mine, (own, truth), rules, _held(own, truth))
    if isinstance(plain, complex):
        return _complex(place, given, (plain, exact), rules)
    return Match(1, 1) if given == plain else Match(0, 1, f"{place} is not the right value.")


def _complex(place: str, given: complex, wanted: tuple[complex, complex], rules: Rules) -> Match:
    """One component, right where both parts are."""
    three = (torch.tensor(one, dtype=torch.complex128) for one in (given, *wanted))
    mine, own, truth = map(torch.view_as_real, three)
    found = values(place, mine, (own, truth), rules, _held(own, truth))
    fault = "" if found.share == 1 else f"{place} is off by {about((mine - truth).norm())}."
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
    if not rules.strict and not is_array(given) and not tensor_of(plain).dim():
        given = zero_d(given, tensor_of(plain).dtype)
    if not is_array(given) or (rules.strict and type(given) is not base(plain)):
        return _other(place, given, plain)
    mine, true = tensor_of(given), tensor_of(plain)
    floats = mine.dtype in FLOATING and true.dtype in FLOATING
    if mine.dtype != true.dtype and (rules.strict or not floats):
        fault = f"{place} has dtype {dtype_name(mine)}, {dtype_name(true)} is asked for."
        return Match(0, count(plain), fault)
    if mine.shape != true.shape:
        fault = f"{place} has shape {list(mine.shape)}, {list(true.shape)} is asked for."
        return Match(0, count(plain), fault)
    return values(place, mine, (true, tensor_of(exact)), rules)


def _other(place: str, given: Any, plain: Any) -> Match:
    return Match(0, count(plain), f"{place} is {kind(given)}, {kind(plain)} is asked for.")
