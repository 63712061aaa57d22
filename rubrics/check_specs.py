"""What an author may ask of a check: one model a kind, free of torch.

The check itself is `rubrics/checks/<kind>.py`, which the judge alone imports.
"""

from typing import Annotated, Literal

from pydantic import Field

from rubrics.answer_check_specs import ChoicesCheck, EquivalentCheck
from rubrics.check_base import Check, Id, Misconception
from rubrics.code_check_specs import CodeCheckSpec
from rubrics.grade import Evidence
from rubrics.tolerance import Tolerance

__all__ = ["CheckSpec", "Id", "PersonCheck", "ValuesCheck"]


Reference = Annotated[str, Field(pattern=r"^[A-Za-z]\w*$", max_length=60)]


class ValuesCheck(Check):
    """Compare the numbers given, or left behind by a script, with the author's reference.

    `reference` names a function of the reference file. A `tolerance` of the author's replaces the
    table's. `allow_nonfinite` lets inf and nan match their like; `reveal` shows what was expected.
    `equivalents` name functions that give the same by another formula: `xgrad check` holds the
    tolerance against them. Of `mistakes` the first that gives the student's numbers is named, if
    chance would not do as well.
    """

    kind: Literal["values"]
    reference: Reference
    equivalents: tuple[Reference, ...] = Field(default=(), max_length=20)
    credit: Literal["component", "all"] = "component"
    tolerance: Tolerance | None = None
    allow_nonfinite: bool = False
    reveal: bool = False
    diagnose: bool = True
    mistakes: tuple[Misconception, ...] = Field(default=(), max_length=20)


class PersonCheck(Check):
    """A person reads the answer and ticks the question's rubric items."""

    kind: Literal["person"]

    @property
    def evidence(self) -> Evidence:
        """A person's judgement."""
        return "person"


CheckSpec = Annotated[
    ValuesCheck | EquivalentCheck | ChoicesCheck | PersonCheck | CodeCheckSpec,
    Field(discriminator="kind"),
]
