"""Why is a gradient that code gave wrong? As typed ones are, it is looked up among the slips of the
reference, here worked out for the very inputs: of one case, and only where that takes little time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch

from rubrics.checks.attempt import attempt
from rubrics.checks.hidden import Author
from rubrics.checks.leaves import Key, leaves, name_of
from rubrics.checks.whole import RESULT, Whole, operations
from rubrics.diagnose import SINGLY, Seen, Table, build, explain
from rubrics.diagnose.slip import Slip
from rubrics.grade import Diagnosis
from rubrics.reference import Gradient
from rubrics.reference.cases import Case
from rubrics.tolerance import DEFAULTS, Tolerance

MOST_COMPONENTS = 4096
MOST_OPERATIONS = 64
"""Of the reference's graph, each of which is tried a few times: a tenth of a second at most."""

ENOUGH = 64
"""More wrong components than this say no more about what went wrong."""

ARITHMETIC = 2e-5
"""What float32 may lose on a wrong way of computing, whose conditioning nobody knows."""

IGNORED = "The gradient that comes in from above was left out: it was taken as 1."

NONE: tuple[Diagnosis, ...] = ()


@dataclass(frozen=True)
class Derived:
    """A function of the author's, by its dotted name, and the arguments to differentiate by."""

    name: str
    wrt: tuple[Key, ...] | None
    tolerance: Tolerance | None


@dataclass(frozen=True)
class Gradients:
    """Of one case, by argument: those that were given, and the right ones in float64.

    `fed` are the gradients of the results that went in; without them there is one result, whose
    components are summed.
    """

    case: Case
    given: Sequence[Any]
    true: Sequence[Any]
    fed: Sequence[torch.Tensor] | None = None


def slips(
    author: Author, derived: Derived, cases: Sequence[Callable[[], Gradients]]
) -> tuple[Diagnosis, ...]:
    """At most three explanations; none if anything at all goes wrong, for no grade hangs on them.

    Of the cases, which may raise, that with most wrong components is looked at: edge cases come
    first and tell least.
    """
    found = [attempt(lambda one=one: _wrong(derived, one()), None) for one in cases]  # type: ignore[misc]
    worst = max((one for one in found if one is not None), key=_telling, default=None)
    return NONE if worst is None else attempt(lambda: _explained(author, derived, worst), NONE)


@dataclass(frozen=True)
class _Wrong:
    """The first argument whose gradient is wrong, with what is right of it: bool, its shape."""

    found: Gradients
    at: int
    given: torch.Tensor
    right: torch.Tensor


def _telling(wrong: _Wrong) -> int:
    return min(ENOUGH, int((~wrong.right).sum()))


def _wrong(derived: Derived, found: Gradients) -> _Wrong | None:
    for at, (given, true) in enumerate(zip(found.given, found.true, strict=True)):
        mine = torch.zeros_like(true) if given is None else given.detach()
        exact = torch.zeros_like(mine) if true is None else true.detach().to(torch.float64)
        if mine.shape != exact.shape or not 0 < mine.numel() <= MOST_COMPONENTS:
            return None
        table = derived.tolerance or DEFAULTS[str(mine.dtype).removeprefix("torch.")]
        mine = mine.to(torch.float64)
        right = (mine - exact).abs() <= table.atol + table.rtol * exact.abs()
        if not bool(right.all()):
            return _Wrong(found, at, mine, right)
    return None


def _explained(author: Author, derived: Derived, wrong: _Wrong) -> tuple[Diagnosis, ...]:
    table, name = table_of(author, derived, wrong.found, wrong.at)
    found = explain(table, _seen(wrong, table))
    if len(wrong.found.given) == 1:
        return found
    return tuple(_placed(one, f"the gradient by `{name}`") for one in found)


def table_of(author: Author, derived: Derived, found: Gradients, at: int) -> tuple[Table, str]:
    """The slips of one case by its argument at place `at`, and that argument's name.

    Raises ValueError, or whatever the author's function raises, where there can be none.
    """
    gradient = _gradient(author.find(derived.name), derived, found, at)
    if operations(gradient, MOST_OPERATIONS) > MOST_OPERATIONS:
        raise ValueError(f"`{derived.name}` takes more than {MOST_OPERATIONS} operations")
    table = _worded(build(gradient, SINGLY))
    true = found.true[at].to(torch.float64).flatten()[table.kept]
    if not torch.allclose(table.true, true, rtol=ARITHMETIC, atol=1e-9):
        raise ValueError(f"the right results are not the gradients of `{derived.name}`")
    return table, gradient.wrt


def _seen(wrong: _Wrong, table: Table) -> Seen:
    values = wrong.given.flatten()[table.kept]
    right = wrong.right.flatten()[table.kept]
    return Seen(values, right, torch.zeros_like(values), table.kept, ARITHMETIC, typed=False)


def _placed(one: Diagnosis, place: str) -> Diagnosis:
    text = f"In {place}: {one.text[0].lower()}{one.text[1:]}"
    return one.model_copy(update={"text": text})


def _gradient(function: Any, derived: Derived, found: Gradients, at: int) -> Gradient:
    case = found.case
    if case.program is not None or case.made is not None or case.after or case.asked:
        raise ValueError("only a plain call of a function can be differentiated")
    names = [_bare(name_of(place, function)) for place in range(len(case.args))]
    whole = Whole(function, names, case, found.fed)
    ready = leaves(case, derived.wrt, function)
    whole.look([_bare(name) for name in ready.names])
    return Gradient(whole, whole.tensors, _bare(ready.names[at]))


def _bare(name: str) -> str:
    return name.strip("`")


def _worded(table: Table) -> Table:
    """What was fed into the results is no operation of the author's: to leave it out has a name."""

    def reworded(slip: Slip) -> Slip:
        fed = slip.kind == "missing_local_derivative" and slip.where.endswith(RESULT)
        return replace(slip, text=IGNORED) if fed else slip

    return replace(table, slips=tuple(map(reworded, table.slips)))
