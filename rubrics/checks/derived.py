"""Of what a check's results are gradients, so that slips can be looked for in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from rubrics.checks.hidden import Author, Recorded
from rubrics.checks.leaves import Key
from rubrics.code_check_specs import CallsCheck, GradientsCheck
from rubrics.reference.cases import Case
from rubrics.tolerance import Tolerance


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


@dataclass(frozen=True)
class Derived:
    """A function of the author's, by its dotted name, and the arguments to differentiate by.

    `ships` is the name under which a case ships the gradients, `names` the author's by the
    student's.
    """

    name: str
    wrt: tuple[Key, ...] | None
    tolerance: Tolerance | None
    ships: str
    names: Mapping[str, str]

    def given(self, author: Author, one: Recorded, given: Any) -> Gradients:
        """What a case came to: one gradient, or several in a tuple or list. Raises AuthorError."""
        true = author.expected(one, self.names).exact[self.ships]
        if not isinstance(true, list | tuple):
            given, true = [given], [true]
        return Gradients(one.case, given, true, one.kept.get("fed"))

    def right(self, author: Author, one: Recorded) -> Gradients:
        """What is right of a case. Raises AuthorError."""
        return self.given(author, one, author.expected(one, self.names).exact[self.ships])


def derived_of(spec: CallsCheck | GradientsCheck) -> Derived | None:
    """What the check's results are gradients of, where that is known."""
    if isinstance(spec, GradientsCheck):
        first, *rest = spec.call.split(".")
        name = ".".join([spec.names[first], *rest])
        return Derived(name, spec.wrt, spec.tolerance, "gradients", spec.names)
    if spec.derivative_of is None:
        return None
    return Derived(spec.derivative_of, spec.wrt, spec.tolerance, "value", spec.names)
