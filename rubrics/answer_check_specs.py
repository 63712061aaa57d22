"""What an author may ask of formulas and choices: one model a check, free of torch."""

from typing import Literal, Self

from pydantic import Field, model_validator

from rubrics.answers.choice.spec import OptionId
from rubrics.check_base import Check, Share
from rubrics.grade import Frozen

SlipKind = Literal[
    "sign",
    "scale",
    "missing_factor",
    "extra_factor",
    "inner_sign",
    "swapped_symbols",
    "wrong_symbol",
    "missing_term",
    "missing_power",
    "upside_down",
    "rounded",
]


class KnownMistake(Frozen):
    """A wrong formula that the author expects, what to say of it, and the share it earns."""

    formula: str = Field(min_length=1, max_length=2000)
    feedback: str = Field(min_length=1, max_length=1000)
    credit: Share = 0.0


class EquivalentCheck(Check):
    """The formula must equal the author's wherever every symbol is in its domain.

    `credit` gives a share of the points for a wrong formula whose first named slip is of that
    kind, such as `{sign: 0.5}`. `reveal` shows the author's formula to who has it wrong.
    """

    kind: Literal["equivalent"]
    formula: str = Field(min_length=1, max_length=2000)
    credit: dict[SlipKind, Share] = Field(default_factory=dict)
    mistakes: tuple[KnownMistake, ...] = Field(default=(), max_length=20)
    diagnose: bool = True
    reveal: bool = False


class OptionPoints(Frozen):
    """What choosing an option is worth, or costs when negative, and what is then said."""

    id: OptionId
    points: float = Field(default=0.0, ge=-1000, le=1000)
    feedback: str = Field(default="", max_length=1000)


class ChoicesCheck(Check):
    """Options with positive points are right; an option that is not listed has none.

    With `credit: points` the points of all that is chosen are added up, and kept between 0 and the
    check's points; with `credit: all` only exactly the right options earn anything.
    """

    kind: Literal["choices"]
    options: tuple[OptionPoints, ...] = Field(min_length=1, max_length=40)
    credit: Literal["points", "all"] = "points"
    reveal: bool = False

    @property
    def right(self) -> frozenset[str]:
        """The options to be chosen."""
        return frozenset(one.id for one in self.options if one.points > 0)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len({one.id for one in self.options}) < len(self.options):
            raise ValueError("an option is listed twice")
        if not self.right:
            raise ValueError("no option has positive points, so nothing would be right")
        return self
