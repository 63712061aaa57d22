"""What an author may ask of a formula."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rubrics.answers.expression.formula import Unreadable, canonical
from rubrics.grade import Frozen

Domain = Literal["real", "positive", "nonzero", "unit", "integer"]

RANGES: dict[str, tuple[float, float]] = {
    "real": (-3.0, 3.0),
    "positive": (0.05, 3.0),
    "nonzero": (-3.0, 3.0),
    "unit": (0.02, 0.98),
    "integer": (1.0, 9.0),
}
"""Where points are drawn when the author gives no `low` and `high`."""


class Symbol(Frozen):
    r"""A letter that the formula may use, and the other ways to write it.

    `eta` is read from `eta`, `\eta` and `η`; `x_i` from `x_i`, `x_{i}` and `xᵢ`; `yhat` from
    `\hat{y}` and `ŷ`. Formulas are compared where every symbol is in its domain.
    """

    name: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")
    aliases: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = Field(
        default=(), max_length=20
    )
    domain: Domain = "real"
    low: float | None = None
    high: float | None = None

    @property
    def range(self) -> tuple[float, float]:
        """The interval that points are drawn from."""
        low, high = RANGES[self.domain]
        return low if self.low is None else self.low, high if self.high is None else self.high

    @model_validator(mode="after")
    def _fits(self) -> Self:
        low, high = self.range
        if not low < high:
            raise ValueError(f"`low` ({low:g}) must be less than `high` ({high:g})")
        floor = {"positive": 0.0, "unit": 0.0}.get(self.domain)
        if (floor is not None and low < floor) or (self.domain == "unit" and high > 1):
            raise ValueError(f"`low` and `high` leave the domain `{self.domain}`")
        return self


class ExpressionSpec(Frozen):
    """A formula of these symbols; every equivalent form is the same answer."""

    kind: Literal["expression"]
    symbols: tuple[Symbol, ...] = Field(max_length=30)

    @property
    def spellings(self) -> dict[str, str]:
        """Canonical spelling → name of the symbol."""
        return {spelling: symbol.name for spelling, symbol in self._spelled()}

    def _spelled(self) -> Iterator[tuple[str, Symbol]]:
        for symbol in self.symbols:
            for spelling in (symbol.name, *symbol.aliases):
                yield canonical(spelling), symbol

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        seen: dict[str, str] = {}
        try:
            for spelling, symbol in self._spelled():
                if seen.setdefault(spelling, symbol.name) != symbol.name:
                    raise ValueError(f"`{spelling}` would stand for two symbols")
        except Unreadable as fault:
            raise ValueError(str(fault)) from None
        if len({symbol.name for symbol in self.symbols}) < len(self.symbols):
            raise ValueError("two symbols have the same name")
        return self
