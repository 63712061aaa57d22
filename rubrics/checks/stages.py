"""Which of several results is the first that departs from the reference's?"""

from collections.abc import Sequence
from typing import Any

from rubrics.calls.decode import Pairs
from rubrics.checks.close import Rules
from rubrics.checks.matching import match
from rubrics.grade import Diagnosis


def first_departure(
    stages: Sequence[str], given: Any, plain: Any, exact: Any, rules: Rules
) -> tuple[Diagnosis, ...]:
    """The first stage that is not right, if one is not and the result has all of them."""
    keys = keys_of(stages, plain)
    mine, true, finer = map(_items, (given, plain, exact))
    if mine.keys() != true.keys():
        return ()
    for at, key in enumerate(keys):
        if match("it", mine[key], true[key], finer[key], rules).share < 1:
            return (_told(stages, at),)
    return ()


def keys_of(stages: Sequence[str], plain: Any) -> list[Any]:
    """Where each stage is in the reference's result: a key of a dict, or a place.

    Stages name the keys of a dict, or the fields of a named tuple, in the order in which they are
    worked out; the items of any other result one by one. Raises ValueError if they do not.
    """
    fields = list(plain) if isinstance(plain, dict) else list(getattr(plain, "_fields", ()))
    if stages and fields:
        lacking = [one for one in stages if one not in fields]
        if lacking:
            raise ValueError(f"the reference's result has no `{lacking[0]}`, as `stages` say")
        return list(stages) if isinstance(plain, dict) else list(map(fields.index, stages))
    if stages and len(stages) != len(_items(plain)):
        raise ValueError(f"{len(stages)} `stages` are named, the reference gives another number")
    return list(range(len(stages)))


def _items(value: Any) -> dict[Any, Any]:
    """By key, or by place."""
    if isinstance(value, dict):
        return value
    if isinstance(value, Pairs):
        return {key: one for key, one in value.items if isinstance(key, str | int)}
    return dict(enumerate(value)) if isinstance(value, list | tuple) else {}


def _told(names: Sequence[str], at: int) -> Diagnosis:
    here, before = f"`{names[at]}`", f"`{names[at - 1]}`"
    if at == 0:
        text = f"{here} departs already: it comes first, so look there before all that follows."
    else:
        right = f"{before} is right" if at == 1 else f"All up to {before} are right"
        text = f"{right}; {here} is the first that departs."
    return Diagnosis(kind="first_departure", where=here, text=text)
