"""A wrong answer as the diagnosis sees it."""

from dataclasses import dataclass

import torch

MOST_NAMED = 4


@dataclass(frozen=True)
class Seen:
    """The components of an answer that a table has kept, each of shape (components,).

    `values` and `half_units` are float64: half a unit of the last digit given, 0 where digits say
    nothing. `right` tells which components passed; `rtol` is what arithmetic itself may lose.
    `kept` are the flat indices in the whole, `typed` says whether a person wrote the digits.
    """

    values: torch.Tensor
    right: torch.Tensor
    half_units: torch.Tensor
    kept: torch.Tensor
    rtol: float
    typed: bool

    def places(self, where: torch.Tensor) -> str:
        """ "component 3", or "components 1, 2, 5, 6 and others", counting from 1."""
        at = [index + 1 for index in self.kept[where].tolist()]
        shown = ", ".join(map(str, at[:MOST_NAMED]))
        more = " and others" if len(at) > MOST_NAMED else ""
        return f"component{'s' if len(at) > 1 else ''} {shown}{more}"
