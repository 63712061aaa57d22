"""Requests that carry answers: JSON, or multipart with files named by question."""

from typing import Any

from flask import Request
from pydantic import ValidationError

from grader.domain.errors import Fault, Invalid
from grader.web import strict_json
from grader.web.api.models import AnswerIn, SubmissionIn
from rubrics.answers.raw import RawAnswer

# The library's own words name our classes.
_SAYS = {
    "missing": "It is missing.",
    "extra_forbidden": "There is no such field.",
    "model_type": "It is not a JSON object.",
    "dict_type": "It is not a JSON object.",
    "string_type": "It is not a text.",
    "too_short": "It holds no answer.",
    "too_long": "It holds more than 200 answers.",
}


def answers_of(request: Request) -> dict[str, RawAnswer]:
    """Raw answers by question id. Raises `Invalid` with every fault of the request's form."""
    if request.mimetype == "application/json":
        return _typed(strict_json.loads(request.get_data()))
    if request.mimetype == "multipart/form-data":
        return _multipart(request)
    fault = Fault(
        "Content-Type",
        f"{request.mimetype or 'No content type'} is not taken here.",
        "Send application/json or multipart/form-data.",
    )
    raise Invalid("The request could not be read.", fault)


def _typed(data: Any) -> dict[str, RawAnswer]:
    try:
        given = SubmissionIn.model_validate(data)
    except ValidationError as error:
        raise Invalid("The request does not have the right form.", *_faults(error)) from error
    return {question: _raw(answer) for question, answer in given.answers.items()}


def _raw(answer: AnswerIn) -> RawAnswer:
    files = {name: text.encode("utf-8", "replace") for name, text in answer.files.items()}
    return RawAnswer(kind=answer.kind, text=answer.text, files=files)


def _multipart(request: Request) -> dict[str, RawAnswer]:
    faults = _unread_parts(request)
    text = request.form.get("answers", "")
    if "answers" in request.files:
        text = request.files["answers"].read().decode("utf-8", "replace")
    typed = _typed(strict_json.loads(text, "answers")) if text else {}
    for question in request.files:
        if question != "answers":
            before = typed.get(question, RawAnswer(kind="code"))
            faults += _repeated(request, question, before)
            files = {one.filename or "": one.read() for one in request.files.getlist(question)}
            typed[question] = before.model_copy(update={"files": {**before.files, **files}})
    if faults:
        raise Invalid("Some parts would be lost, so nothing was handed in.", *faults)
    if not typed:
        fault = Fault("answers", "No answer was sent.", "Add a part named answers, or a file part.")
        raise Invalid("The request holds no answers.", fault)
    return typed


def _unread_parts(request: Request) -> list[Fault]:
    """A fault for each part that nobody would read: a text under another name, a second answers."""
    remedy = "Put typed answers into one part named answers, as JSON; send files as files."
    found = [
        Fault(name, "A text part of this name is not read.", remedy)
        for name in request.form
        if name != "answers"
    ]
    if len(request.form.getlist("answers")) + len(request.files.getlist("answers")) > 1:
        found.append(
            Fault("answers", "It was sent more than once.", "Send one part named answers.")
        )
    return found


def _repeated(request: Request, question: str, before: RawAnswer) -> list[Fault]:
    """A fault for each name that two files of a question share: one would push the other out."""
    names = [*before.files, *(one.filename or "" for one in request.files.getlist(question))]
    twice = dict.fromkeys(name for name in names if names.count(name) > 1)
    return [
        Fault(question, f"Two files are called {name[:80]!r}.", "Give each file a name of its own.")
        for name in twice
    ]


def _faults(error: ValidationError) -> list[Fault]:
    remedy = 'Send {"answers": {"<question>": {"kind": "…", "text": "…"}}}.'
    return [
        Fault(
            ".".join(str(part) for part in one["loc"]) or "body",
            _SAYS.get(one["type"], f"{one['msg']}."),
            remedy,
        )
        for one in error.errors(include_url=False, include_input=False)[:20]
    ]
