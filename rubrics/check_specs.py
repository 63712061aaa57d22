"""What an author may ask of a check: one model a kind, free of torch.

The check itself is `rubrics/checks/<kind>.py`, which the judge alone imports.
"""

from typing import Annotated, Literal

from pydantic import Field

from rubrics.grade import Evidence, Frozen
from rubrics.tolerance import Tolerance

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]


class _Check(Frozen):
    id: Id
    title: str = Field(min_length=1, max_length=200)
    weight: float = Field(default=1.0, gt=0, le=1000)


class ValuesCheck(_Check):
    """Compare the numbers given, or left behind by a script, with the author's reference.

    `reference` names a function of the reference file. A `tolerance` of the author's replaces the
    table's. `allow_nonfinite` lets inf and nan match their like; `reveal` shows what was expected.
    """

    kind: Literal["values"]
    reference: str = Field(pattern=r"^[A-Za-z]\w*$", max_length=60)
    credit: Literal["component", "all"] = "component"
    tolerance: Tolerance | None = None
    allow_nonfinite: bool = False
    reveal: bool = False
    diagnose: bool = True

    @property
    def evidence(self) -> Evidence:
        """Judged from values that left the sandbox, so a forged report gains nothing."""
        return "values"


class PersonCheck(_Check):
    """A person reads the answer and ticks the question's rubric items."""

    kind: Literal["person"]

    @property
    def evidence(self) -> Evidence:
        """A person's judgement."""
        return "person"


CheckSpec = Annotated[ValuesCheck | PersonCheck, Field(discriminator="kind")]
