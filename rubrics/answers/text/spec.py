"""What an author may ask of prose."""

from typing import Literal

from pydantic import Field

from rubrics.grade import Frozen


class TextSpec(Frozen):
    """Prose for a person to read."""

    kind: Literal["text"]
    max_words: int = Field(default=500, ge=1, le=20_000)
