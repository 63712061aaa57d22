"""The right numbers of a neighbour's variant: named under the same rule of evidence as any slip."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import torch

from rubrics.diagnose.evidence import chance, enough
from rubrics.diagnose.seen import Seen
from rubrics.grade import Diagnosis
from rubrics.reference.gradient import AuthorError
from rubrics.reference.load import ReferenceFile
from rubrics.variants import Params

WEIGHT = 0.1
"""The share of wrong answers that are another student's, before anything is known."""

BUDGET_S = 3.0
"""Processor time for one reference in every variant; a slower one is not compared at all."""

WHERE = "another student's variant"
"""Not which one: a class's mistakes are counted by where they are."""

TEXT = "These are the right numbers for another student's values. Work with those of your own page."


@dataclass
class Variants:
    """What references give in every variant of a question, worked out when one is first asked.

    `draw` gives each variant's values by its number.
    """

    file: ReferenceFile
    draw: Callable[[], Mapping[int, Params]]
    _kept: dict[str, dict[int, torch.Tensor]] = field(default_factory=dict)

    def values(self, name: str) -> dict[int, torch.Tensor]:
        """Flat float64 values by variant, without those where the reference fails."""
        if name not in self._kept:
            self._kept[name] = self._values(name)
        return self._kept[name]

    def _values(self, name: str) -> dict[int, torch.Tensor]:
        found: dict[int, torch.Tensor] = {}
        until = time.process_time() + BUDGET_S
        for number, params in self.draw().items():
            if time.process_time() > until:
                return {}
            try:
                found[number] = self.file.value(name, torch.float64, params).flatten()
            except AuthorError:
                continue
        return found


@dataclass(frozen=True)
class Neighbours:
    """The variants beside one's `own`."""

    variants: Variants
    own: int

    def others(self, name: str, size: int) -> dict[int, torch.Tensor]:
        """Their values of that reference, where they have as many components as one's own."""
        every = self.variants.values(name)
        return {at: one for at, one in every.items() if at != self.own and one.numel() == size}


def other_variant(
    neighbours: Neighbours, name: str, seen: Seen, true: torch.Tensor
) -> tuple[Diagnosis, ...]:
    """That the answer is another variant's, unless chance would do as well.

    `true` holds all the right values, flat.
    """
    others = neighbours.others(name, true.numel())
    if not others or seen.values.is_complex() or not bool(seen.values.isfinite().all()):
        return ()
    rows = torch.stack(list(others.values()))[:, seen.kept]
    reach = seen.half_units + seen.rtol * rows.abs()
    for at in ((rows - seen.values).abs() <= reach).all(dim=1).nonzero().flatten().tolist():
        columns = (rows[at].tolist(), true[seen.kept].tolist(), reach[at].tolist())
        if enough(chance(zip(*columns, strict=True)), WEIGHT / len(others)):
            return (Diagnosis(kind="other_variant", where=WHERE, text=TEXT),)
    return ()
