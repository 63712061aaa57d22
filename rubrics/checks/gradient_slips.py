"""Why is a gradient that code gave wrong? As typed ones are, it is looked up among the slips of the
reference: among those of the check's probe, which were worked out once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from rubrics.checks.attempt import attempt
from rubrics.checks.derived import Derived, Gradients
from rubrics.checks.hidden import Author, Recorded
from rubrics.checks.probe import ENOUGH, Named, Probe
from rubrics.checks.slip_table import ARITHMETIC, MOST_COMPONENTS, table_of
from rubrics.diagnose import Seen, Table, explain
from rubrics.grade import Diagnosis
from rubrics.tolerance import DEFAULTS

Given = Callable[[Recorded], Any]
"""The gradients that the student's code gave in a case; it may raise."""

ROUNDINGS = 16
"""So many of the greatest component's may add up in a sum or a product of matrices."""

NONE: tuple[Diagnosis, ...] = ()


def slips(probe: Probe | None, given: Given, others: Sequence[Recorded]) -> tuple[Diagnosis, ...]:
    """At most three explanations; none if anything at all goes wrong, for no grade hangs on them.

    Where the probe is right, what is special about one of the `others` is at fault. Of those that
    with most wrong components is explained, by a table of its own, which takes a while.
    """
    if probe is None or probe.derived is None:
        return NONE
    author, derived = probe.author, probe.derived
    wrong = _seen_wrong(author, derived, probe.recorded, given)
    if wrong is not None:
        return attempt(lambda: _explained(wrong, probe.table(wrong.at)), NONE)
    found = (_seen_wrong(author, derived, one, given) for one in others)
    worst = max((one for one in found if one is not None), key=_telling, default=None)
    if worst is None:
        return NONE

    def own() -> Named:
        return table_of(author, derived, worst.found, worst.at)

    return attempt(lambda: _explained(worst, own()), NONE)


@dataclass(frozen=True)
class _Wrong:
    """The first argument whose gradient is wrong, with what is right of it: bool, its shape.

    `eps` is the distance from 1 to the next number of the dtype in which it was given.
    """

    found: Gradients
    at: int
    given: torch.Tensor
    right: torch.Tensor
    eps: float


def _telling(wrong: _Wrong) -> int:
    return min(ENOUGH, int((~wrong.right).sum()))


def _seen_wrong(author: Author, derived: Derived, one: Recorded, given: Given) -> _Wrong | None:
    """What is wrong with a case; None if nothing is, or nothing comparable is there."""
    return attempt(lambda: _wrong(derived, derived.given(author, one, given(one))), None)


def _wrong(derived: Derived, found: Gradients) -> _Wrong | None:
    for at, (given, true) in enumerate(zip(found.given, found.true, strict=True)):
        mine = torch.zeros_like(true) if given is None else given.detach()
        exact = torch.zeros_like(mine) if true is None else true.detach().to(torch.float64)
        if mine.shape != exact.shape or not 0 < mine.numel() <= MOST_COMPONENTS:
            return None
        table = derived.tolerance or DEFAULTS[str(mine.dtype).removeprefix("torch.")]
        eps, mine = torch.finfo(mine.dtype).eps, mine.to(torch.float64)
        right = (mine - exact).abs() <= table.atol + table.rtol * exact.abs()
        if not bool(right.all()):
            return _Wrong(found, at, mine, right, eps)
    return None


def _explained(wrong: _Wrong, named: Named | None) -> tuple[Diagnosis, ...]:
    if named is None:
        return NONE
    table, name = named
    found = explain(table, _seen(wrong, table))
    if len(wrong.found.given) == 1:
        return found
    return tuple(_placed(one, f"the gradient by `{name}`") for one in found)


def _seen(wrong: _Wrong, table: Table) -> Seen:
    """A component that is small because greater ones cancelled has their rounding errors."""
    values = wrong.given.flatten()[table.kept]
    right = wrong.right.flatten()[table.kept]
    lost = ROUNDINGS * wrong.eps * values.abs().max()
    return Seen(values, right, lost.expand_as(values), table.kept, ARITHMETIC, typed=False)


def _placed(one: Diagnosis, place: str) -> Diagnosis:
    text = f"In {place}: {one.text[0].lower()}{one.text[1:]}"
    return one.model_copy(update={"text": text})
