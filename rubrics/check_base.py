"""What every check has, whatever it looks at."""

from typing import Annotated, ClassVar

from pydantic import Field

from rubrics.grade import Evidence, Frozen

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Share = Annotated[float, Field(ge=0, le=1)]


class Misconception(Frozen):
    """A function of the reference file that is wrong as students may be, what is then said, and
    the share of the check's points that it earns, unless what is right of it earns more.
    """

    reference: Annotated[str, Field(pattern=r"^[A-Za-z]\w*$", max_length=60)]
    feedback: str = Field(min_length=1, max_length=1000)
    credit: Share = 0.0


class Check(Frozen):
    """A check of one question, worth its `weight`'s share of the question's points.

    `needs` names checks that stand before it: unless each of them is right, this one is skipped
    and earns nothing. A `hidden` check tells students only whether it passed.
    """

    id: Id
    title: str = Field(min_length=1, max_length=200)
    weight: float = Field(default=1.0, gt=0, le=1000)
    needs: tuple[Id, ...] = Field(default=(), max_length=20)
    hidden: bool = False

    planned: ClassVar[bool] = False
    """Whether hidden inputs must be drawn before the student's code runs."""

    @property
    def evidence(self) -> Evidence:
        """Judged from values that left the sandbox, so a forged report gains nothing."""
        return "values"
