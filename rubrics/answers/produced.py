"""What an answer comes to, in the form that checks compare: one tensor, and how exact it can be."""

from dataclasses import dataclass

import torch

from rubrics.outcome import Outcome

FLOATS = {
    "float16": torch.float16,
    "bfloat16": torch.bfloat16,
    "float32": torch.float32,
    "float64": torch.float64,
}


@dataclass(frozen=True)
class Produced:
    """`values` and `allowed` are float64 of the reference's shape, not yet seen to be finite.

    Where complex numbers are asked for, `values` is complex128.

    `allowed` is the greatest error that passes, per component. `half_units` says how coarse the
    student's own digits are (0 where they say nothing); `typed`, whether there are digits at all.
    """

    name: str
    values: torch.Tensor
    allowed: torch.Tensor
    half_units: torch.Tensor
    typed: bool


class Incomparable(Exception):
    """The answer holds nothing to compare, through no fault of ours; scores 0."""

    def __init__(self, feedback: str, outcome: Outcome = Outcome.WRONG) -> None:
        super().__init__(feedback)
        self.feedback = feedback
        self.outcome = outcome


def apart(given: torch.Tensor, true: torch.Tensor) -> torch.Tensor:
    """The error of each component; of complex ones, that of the part which is further off."""
    error = given - true
    return torch.view_as_real(error).abs().amax(dim=-1) if error.is_complex() else error.abs()


def by(shape: tuple[int, ...]) -> str:
    """A shape for a student, as torch prints it."""
    return f"shape {list(shape)}"
