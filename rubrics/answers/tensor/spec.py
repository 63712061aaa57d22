"""What an author may ask of typed numbers."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rubrics.grade import Frozen
from rubrics.tolerance import FloatName

Size = Annotated[int, Field(ge=1, le=10_000)]


class TensorSpec(Frozen):
    """Typed or pasted numbers. `shape` [] asks for one number; give decimals or significant."""

    kind: Literal["tensor"]
    shape: tuple[Size, ...] = Field(max_length=6)
    decimals: int | None = Field(default=None, ge=0, le=15)
    significant: int | None = Field(default=None, ge=1, le=15)
    dtype: FloatName = "float32"

    @property
    def numel(self) -> int:
        """How many numbers are asked for."""
        count = 1
        for size in self.shape:
            count *= size
        return count

    @model_validator(mode="after")
    def _one_way_to_count_digits(self) -> Self:
        if (self.decimals is None) == (self.significant is None):
            raise ValueError("give either `decimals` or `significant`, not both or neither")
        if self.numel > 10_000:
            raise ValueError("a typed answer may ask for at most 10000 numbers")
        return self
