"""What an author may ask of numbers that are typed, pasted or sent as a file."""

import math
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rubrics.grade import Frozen
from rubrics.tolerance import FloatName

Size = Annotated[int, Field(ge=1, le=10_000)]
Form = Literal["typed", "json", "npy", "safetensors"]


MOST_TYPED = 10_000
MOST_IN_JSON = 100_000
"""Of numbers: reading so many takes a second."""


class TensorSpec(Frozen):
    """Numbers of one shape: [] asks for one, `any` takes whatever shape the reference has.

    Give `decimals` or `significant`, unless only files are taken: then the tolerance of `dtype` is
    enough. `name` chooses the tensor of a safetensors file; `max_kb` bounds a file.
    """

    kind: Literal["tensor"]
    shape: Annotated[tuple[Size, ...], Field(max_length=6)] | Literal["any"]
    decimals: int | None = Field(default=None, ge=0, le=15)
    significant: int | None = Field(default=None, ge=1, le=15)
    dtype: FloatName = "float32"
    complex: bool = False
    forms: tuple[Form, ...] = Field(default=("typed",), min_length=1, max_length=4)
    name: str | None = Field(default=None, min_length=1, max_length=100)
    max_kb: int = Field(default=1024, ge=1, le=8192)

    @property
    def numel(self) -> int | None:
        """How many numbers are asked for; None where any shape is taken."""
        return None if self.shape == "any" else math.prod(self.shape)

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Of the files that are taken."""
        return tuple(f".{form}" for form in self.forms if form != "typed")

    @model_validator(mode="after")
    def _one_way_to_count_digits(self) -> Self:
        digits = (self.decimals is not None) + (self.significant is not None)
        if digits > 1 or (not digits and "typed" in self.forms):
            raise ValueError("give either `decimals` or `significant`, not both or neither")
        if "typed" in self.forms and (self.numel or 0) > MOST_TYPED:
            raise ValueError(f"a typed answer may ask for at most {MOST_TYPED} numbers")
        if "json" in self.forms and (self.numel or 0) > MOST_IN_JSON:
            message = f"a JSON file may hold at most {MOST_IN_JSON} numbers"
            raise ValueError(f"{message}: take `npy` or `safetensors`")
        return self
