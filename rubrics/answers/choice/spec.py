"""What an author may ask of a choice. Which options are right is known to the check alone."""

import hashlib
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rubrics.grade import Frozen

OptionId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]


class Option(Frozen):
    """One line to choose; `text` is Markdown with TeX between dollars."""

    id: OptionId
    text: str = Field(min_length=1, max_length=2000)


class ChoiceSpec(Frozen):
    """Options to choose from: one, or with `many` any number up to `at_most`.

    With `shuffle` each student sees them in an order of their own, the same every time.
    """

    kind: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=40)
    many: bool = False
    at_most: int | None = Field(default=None, ge=1, le=40)
    shuffle: bool = False

    def in_order(self, key: str) -> tuple[Option, ...]:
        """The options as the page shows them to whom `key` stands for."""
        if not self.shuffle:
            return self.options
        ranks = {
            one.id: hashlib.sha256(f"{key}\0{one.id}".encode()).digest() for one in self.options
        }
        return tuple(sorted(self.options, key=lambda one: ranks[one.id]))

    @model_validator(mode="after")
    def _fits(self) -> Self:
        ids = [one.id for one in self.options]
        if len(set(ids)) < len(ids):
            raise ValueError("two options have the same id")
        if self.at_most is not None and not self.many:
            raise ValueError("`at_most` needs `many: true`")
        return self
