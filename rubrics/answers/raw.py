"""An answer before and after it is read, and what is said when it cannot be."""

from pydantic import Field, JsonValue

from rubrics.grade import Frozen


class RawAnswer(Frozen):
    """What a student sent for one question: typed text, or files by name, of one answer kind."""

    kind: str
    text: str = ""
    files: dict[str, bytes] = Field(default_factory=dict)


class ParsedAnswer(Frozen):
    """An answer that could be read.

    `text` is what to show a person; `data` is what the judge needs, as JSON; `files` is what the
    sandbox runs. Everything but `files` can be kept as JSON.
    """

    kind: str
    text: str = ""
    data: JsonValue = None
    files: dict[str, bytes] = Field(default_factory=dict)


class MalformedAnswer(Exception):
    """The answer could not be read: costs no attempt. Names the field, the fault, the remedy."""

    def __init__(self, field: str, message: str, remedy: str) -> None:
        super().__init__(f"{field}: {message} {remedy}".strip())
        self.field = field
        self.message = message
        self.remedy = remedy
