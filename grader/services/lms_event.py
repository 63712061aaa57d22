"""The shape of an LMS's event, and what of it can be read when it has another."""

import base64
import binascii
import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from grader.domain.errors import AnswerMalformed, Fault
from grader.domain.file_names import unused
from rubrics.answers import RawAnswer

SUBMISSION = "submission.created"

# The library's own words name its types.
_SAYS = {
    "missing": "is missing",
    "string_type": "is not a text",
    "model_type": "is not a JSON object",
    "model_attributes_type": "is not a JSON object",
    "dict_type": "is not a JSON object",
    "tuple_type": "is not a list",
    "json_invalid": "is not JSON",
}


class _Part(BaseModel):
    # What an LMS sends beyond this is its own affair.
    model_config = ConfigDict(frozen=True, extra="ignore")


class EventFile(_Part):
    """A file of an answer."""

    name: str = Field(min_length=1, max_length=255)
    content_base64: str


class EventAnswer(_Part):
    """An answer to one question."""

    kind: str = Field(max_length=30)
    text: str = ""
    files: tuple[EventFile, ...] = Field(default=(), max_length=100)


class EventUser(_Part):
    """The LMS's name for a person; the rest helps staff to recognise them."""

    id: str = Field(min_length=1, max_length=255)
    name: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=320)


class EventData(_Part):
    """A submission."""

    user: EventUser
    assignment: str = Field(min_length=1, max_length=200)
    answers: dict[str, EventAnswer] = Field(max_length=1000)


class Event(_Part):
    """`{"type": "submission.created", "timestamp": …, "data": {user, assignment, answers}}`."""

    type: str
    data: EventData


def read(body: bytes) -> Event:
    """The event in a body. Raises pydantic's ValidationError."""
    return Event.model_validate_json(body)


def kind_of(body: bytes) -> str | None:
    """The type of an event of any shape; None if the body is no JSON object with one."""
    try:
        content: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    kind = content.get("type") if isinstance(content, dict) else None
    return kind if isinstance(kind, str) else None


def sentences(error: ValidationError) -> str:
    """What does not fit, in words, without the input."""
    return "; ".join(
        f"`{'.'.join(str(part) for part in one['loc']) or 'body'}` {_said(one)}"
        for one in error.errors(include_input=False, include_url=False)[:20]
    )


def _said(one: ErrorDetails) -> str:
    limits = one.get("ctx", {})
    if one["type"] in ("string_too_short", "too_short"):
        return "is empty"
    if one["type"] in ("string_too_long", "too_long"):
        return f"is too long: at most {limits['max_length']} are taken"
    return _SAYS.get(one["type"], "cannot be read")


def raw_answers(data: EventData) -> dict[str, RawAnswer]:
    """The answers with their files decoded, those of one name under different ones.

    Raises AnswerMalformed with every fault.
    """
    answers: dict[str, RawAnswer] = {}
    faults: list[Fault] = []
    for question, answer in data.answers.items():
        files: dict[str, bytes] = {}
        for file in answer.files:
            try:
                files[unused(file.name, files)] = base64.b64decode(
                    file.content_base64, validate=True
                )
            except (binascii.Error, ValueError):
                message = f"The file {file.name[:80]!r} is not base64."
                faults.append(Fault(question, message, "Send its bytes in standard base64."))
        answers[question] = RawAnswer(kind=answer.kind, text=answer.text, files=files)
    if faults:
        raise AnswerMalformed("Some files cannot be read. No attempt was used.", *faults)
    return answers
