"""What an author may draw for each student: numbers and choices, alone or in vectors.

Every parameter is a choice among counted values, so that a draw is one index and never rounds.
"""

from decimal import Decimal
from math import prod
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rubrics.grade import Frozen

Name = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,29}$")]
Side = Annotated[int, Field(ge=1, le=64)]
Whole = Annotated[int, Field(ge=-(10**12), le=10**12)]
Real = Annotated[float, Field(ge=-1e12, le=1e12)]
Scalar = int | float | str

MOST_VALUES = 1_000_000
MOST_ENTRIES = 256


class _Parameter(Frozen):
    """`size` makes a vector (`[3]`) or a matrix (`[2, 3]`); with `distinct` no entry repeats."""

    size: tuple[Side, ...] = Field(default=(), max_length=2)
    distinct: bool = False

    @property
    def entries(self) -> int:
        """How many values are drawn."""
        return prod(self.size)

    def _enough(self, count: int) -> None:
        if self.entries > MOST_ENTRIES:
            raise ValueError(f"{self.entries} entries are more than {MOST_ENTRIES}")
        if count > MOST_VALUES:
            raise ValueError(f"more than {MOST_VALUES} values: choose a larger step")
        if count < 2:
            raise ValueError("fewer than two values to draw from: write the number itself instead")
        if self.distinct and count < self.entries:
            raise ValueError(f"{self.entries} distinct entries cannot be had of {count} values")


class IntParameter(_Parameter):
    """An integer from `low` to `high`, both included, in steps of `step` from `low`."""

    kind: Literal["int"]
    low: Whole
    high: Whole
    step: int = Field(default=1, ge=1)
    exclude: tuple[Whole, ...] = Field(default=(), max_length=100)

    @property
    def count(self) -> int:
        """Among how many values each entry is drawn, before any is excluded."""
        return (self.high - self.low) // self.step + 1

    def value(self, index: int) -> int:
        """The value of that index, from 0."""
        return self.low + index * self.step

    @model_validator(mode="after")
    def _fits(self) -> Self:
        left_out = {one for one in self.exclude if _on_grid(one, self.low, self.high, self.step)}
        self._enough(self.count - len(left_out))
        return self


class FloatParameter(_Parameter):
    """A number from `low` to `high`, both included, in steps of `step` from `low`.

    Each is the float nearest to its decimal form, as if the author had typed it.
    """

    kind: Literal["float"]
    low: Real
    high: Real
    step: float = Field(gt=0, le=1e12)
    exclude: tuple[Real, ...] = Field(default=(), max_length=100)

    @property
    def count(self) -> int:
        """Among how many values each entry is drawn, before any is excluded."""
        span = Decimal(str(self.high)) - Decimal(str(self.low))
        return int(span // Decimal(str(self.step))) + 1

    def value(self, index: int) -> float:
        """The value of that index, from 0."""
        return float(Decimal(str(self.low)) + index * Decimal(str(self.step)))

    @model_validator(mode="after")
    def _fits(self) -> Self:
        left_out = {one for one in self.exclude if _on_grid(one, self.low, self.high, self.step)}
        self._enough(self.count - len(left_out))
        return self


class ChoiceParameter(_Parameter):
    """One of `options`: numbers or words."""

    kind: Literal["choice"]
    options: tuple[Scalar, ...] = Field(max_length=1000)

    @property
    def count(self) -> int:
        """How many options there are."""
        return len(self.options)

    @property
    def exclude(self) -> tuple[Scalar, ...]:
        """Nothing: what is not wanted is not listed."""
        return ()

    def value(self, index: int) -> Scalar:
        """The option of that index, from 0."""
        return self.options[index]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(set(self.options)) < len(self.options):
            raise ValueError("an option is listed twice")
        self._enough(self.count)
        return self


Parameter = Annotated[IntParameter | FloatParameter | ChoiceParameter, Field(discriminator="kind")]
Parameters = Annotated[dict[Name, Parameter], Field(max_length=40)]
Constraints = Annotated[
    tuple[Annotated[str, Field(min_length=3, max_length=200)], ...], Field(max_length=40)
]


class Pool(Frozen):
    """How many variants there are; each student gets one, and `xgrad check` can try them all.

    `skip` lists the numbers (from 0) of those that nobody gets.
    """

    count: int = Field(default=200, ge=2, le=10_000)
    skip: tuple[Annotated[int, Field(ge=0)], ...] = Field(default=(), max_length=1000)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the variants that students may get."""
        left_out = set(self.skip)
        return tuple(one for one in range(self.count) if one not in left_out)

    @model_validator(mode="after")
    def _some_left(self) -> Self:
        if len(self.numbers) < 2:
            raise ValueError("fewer than two variants are left")
        return self


def _on_grid(one: float, low: float, high: float, step: float) -> bool:
    if not low <= one <= high:
        return False
    return (Decimal(str(one)) - Decimal(str(low))) % Decimal(str(step)) == 0
