"""What an author may ask of one number."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rubrics.grade import Frozen
from rubrics.tolerance import FloatName

Unit = Annotated[str, Field(min_length=1, max_length=30)]


class NumberSpec(Frozen):
    """One number; give `decimals`, `significant` or `exact`.

    `exact` is for counts and fractions: the very value, as in 7 or 1/3. With `complex` an
    imaginary part is read (`1 - 2i`). `units` are spellings of the one unit asked for; it may be
    left out, and any other is refused.
    """

    kind: Literal["number"]
    decimals: int | None = Field(default=None, ge=0, le=15)
    significant: int | None = Field(default=None, ge=1, le=15)
    exact: bool = False
    complex: bool = False
    units: tuple[Unit, ...] = Field(default=(), max_length=10)
    dtype: FloatName = "float64"

    @property
    def asked(self) -> str:
        """How exact the number must be, for the student."""
        if self.exact:
            return "exactly"
        count = self.significant if self.decimals is None else self.decimals
        what = "decimal" if self.decimals is not None else "significant digit"
        return f"to {count} {what}{'' if count == 1 else 's'}"

    @model_validator(mode="after")
    def _one_way_to_count_digits(self) -> Self:
        given = (self.decimals is not None) + (self.significant is not None) + self.exact
        if given != 1:
            raise ValueError("give one of `decimals`, `significant` and `exact: true`")
        return self
