"""The answer form, read: raw answers for the service, and what to show again if they are refused.

Names of fields: `kind.<question>`, `text.<question>.<kind>`, `file.<question>`, `code.<question>`
and `name.<question>` (pasted code, and the file name it came from).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from werkzeug.datastructures import FileStorage

from grader.domain.errors import Fault
from grader.web.portal.kinds import first_kind, takes_files
from rubrics.answers.raw import RawAnswer
from rubrics.schema import Question

SHOWN_BYTES = 200_000
"""Of an uploaded file, shown again after a refusal; a browser never keeps a chosen file."""


@dataclass
class Kept:
    """What a student put into one question's inputs, to be shown again."""

    kind: str
    texts: dict[str, str] = field(default_factory=dict)
    code: str = ""
    file_name: str = ""


def empty(questions: Iterable[Question]) -> dict[str, Kept]:
    return {one.id: Kept(first_kind(one)) for one in questions}


def read(
    questions: Iterable[Question], form: Mapping[str, str], files: Mapping[str, FileStorage]
) -> tuple[dict[str, RawAnswer], dict[str, Kept]]:
    """Raw answers of the questions that were answered, and the inputs of all."""
    answers: dict[str, RawAnswer] = {}
    kept: dict[str, Kept] = {}
    for question in questions:
        answer, kept[question.id] = _one(question, form, files.get(f"file.{question.id}"))
        if answer is not None:
            answers[question.id] = answer
    return answers, kept


def _one(
    question: Question, form: Mapping[str, str], upload: FileStorage | None
) -> tuple[RawAnswer | None, Kept]:
    kinds: list[str] = [one.kind for one in question.answers]
    chosen = form.get(f"kind.{question.id}", kinds[0])
    kind = chosen if chosen in kinds else kinds[0]
    texts = {name: form.get(f"text.{question.id}.{name}", "") for name in kinds}
    kept = Kept(
        kind, texts, form.get(f"code.{question.id}", ""), form.get(f"name.{question.id}", "")
    )
    if takes_files(kind):
        return _file(kind, upload, kept)
    text = texts[kind]
    return (RawAnswer(kind=kind, text=text) if text.strip() else None), kept


def _file(kind: str, upload: FileStorage | None, kept: Kept) -> tuple[RawAnswer | None, Kept]:
    if upload is not None and upload.filename:
        content = upload.read()
        kept.file_name = plain_name(upload.filename)
        kept.code = _shown(content)
        return RawAnswer(kind=kind, files={kept.file_name: content}), kept
    if kept.code.strip():
        name = plain_name(kept.file_name) or "answer.py"
        # A browser sends pasted lines with CRLF; what was pasted had plain ends.
        content = kept.code.replace("\r\n", "\n").encode("utf-8", "replace")
        return RawAnswer(kind=kind, files={name: content}), kept
    return None, kept


def plain_name(name: str) -> str:
    """The last part of a path, whichever way its slashes lean."""
    return PurePath(name.replace("\\", "/")).name


def _shown(content: bytes) -> str:
    try:
        text = content[:SHOWN_BYTES].decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if "\x00" in text else text


def by_question(
    faults: Iterable[Fault], questions: Iterable[Question]
) -> tuple[dict[str, list[Fault]], list[Fault]]:
    """Faults beside the question they name, and those that name none."""
    ids = {one.id for one in questions}
    placed: dict[str, list[Fault]] = {}
    rest: list[Fault] = []
    for fault in faults:
        named = next((part for part in fault.field.split(".") if part in ids), None)
        placed.setdefault(named, []).append(fault) if named else rest.append(fault)
    return placed, rest
