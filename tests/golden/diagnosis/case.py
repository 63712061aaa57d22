"""The shape of one entry of the table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from torch import Tensor

Inputs = dict[str, Tensor]

Kind = Literal[
    "dropped_path",
    "missing_local_derivative",
    "sign",
    "scale",
    "transpose",
    "permutation",
    "intermediate",
    "rounded",
    "pair",
    "outside",
]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True)
class Case:
    """One wrong gradient and why it is wrong.

    `wrong` takes the inputs in float64 and gives the unrounded wrong gradient, in the shape of the
    input that is differentiated for. `where` holds words, any of which names the place; it is empty
    where the slip is of the whole gradient. `slips` holds the two kinds of a pair, else nothing.
    """

    id: str
    wrong: Callable[[Inputs], Tensor]
    cause: str
    kind: Kind
    where: tuple[str, ...] = ()
    slips: tuple[Kind, ...] = ()

    @property
    def family(self) -> bool:
        """Whether the family of hypotheses holds this slip, so that it must be named."""
        return self.kind != "outside"
