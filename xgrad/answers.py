"""From files and options on the command line to answers, by question."""

from collections.abc import Iterable
from pathlib import Path

import yaml

from rubrics.answers import MalformedAnswer, ParsedAnswer, RawAnswer, parse_answer
from rubrics.schema import AnswerSpec, Assignment, Question
from xgrad.faults import EXIT_USAGE, Fault

SHEETS = frozenset({".yaml", ".yml", ".json"})
FILES = frozenset({".py", ".ipynb", ".npy", ".safetensors", ".pdf", ".png", ".jpg", ".jpeg"})
ALWAYS_FILES = frozenset({"code", "scan"})


def collect(
    assignment: Assignment, files: Iterable[Path], typed: Iterable[str]
) -> dict[str, RawAnswer]:
    """Answers by question id.

    A `.yaml` or `.json` file holds answers by question. Any other file answers the question it is
    named after (`q1.py`), else the only one that takes such a file. `typed` are `q1=[1, 2]` or
    `q1=@file`. Raises Fault where that is not clear, or a question is answered twice.
    """
    answers: dict[str, RawAnswer] = {}
    for question_id, raw in _each(assignment, files, typed):
        if question_id in answers:
            raise Fault(f"Question {question_id} is answered twice.", EXIT_USAGE)
        answers[question_id] = raw
    if not answers:
        raise Fault("There is nothing to grade: name a file, or use --answer.", EXIT_USAGE)
    return answers


def parse(assignment: Assignment, raw: dict[str, RawAnswer]) -> dict[str, ParsedAnswer]:
    """Read every answer. Raises Fault that lists all that cannot be read."""
    parsed: dict[str, ParsedAnswer] = {}
    faults = []
    for question_id, answer in raw.items():
        try:
            parsed[question_id] = parse_answer(assignment.question(question_id), answer)
        except MalformedAnswer as fault:
            faults.append(str(fault))
    if faults:
        raise Fault("Not every answer can be read:\n  " + "\n  ".join(faults))
    return parsed


def _each(
    assignment: Assignment, files: Iterable[Path], typed: Iterable[str]
) -> Iterable[tuple[str, RawAnswer]]:
    for file in files:
        if file.suffix in SHEETS:
            yield from _sheet(assignment, file)
        else:
            question = _question_for(assignment, file)
            yield question.id, _from_file(question, file)
    for one in typed:
        question_id, _, text = one.partition("=")
        question = _question(assignment, question_id)
        given = text.startswith("@")
        answer = _from_file(question, Path(text[1:])) if given else _typed(question, text)
        yield question.id, answer


def _sheet(assignment: Assignment, file: Path) -> Iterable[tuple[str, RawAnswer]]:
    try:
        content = yaml.safe_load(_read(file))
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise Fault(f"{file} cannot be read as YAML or JSON: {fault}") from fault
    answers = content.get("answers", content) if isinstance(content, dict) else None
    if not isinstance(answers, dict):
        raise Fault(f"{file} must hold answers by question, such as  q1: '[1, 2]'")
    for question_id, answer in answers.items():
        question = _question(assignment, str(question_id))
        yield question.id, from_sheet(question, answer, file.parent)


def from_sheet(question: Question, answer: object, folder: Path) -> RawAnswer:
    """One answer of a sheet: text, a list of numbers, or `{kind}` with `text`, `file`, `files`."""
    if not isinstance(answer, dict):
        return _typed(question, str(answer))
    kind, names = str(answer.get("kind", "")), answer.get("files")
    if isinstance(names, list) and names:
        parts = [_from_file(question, folder / str(name), kind) for name in names]
        files = {name: content for part in parts for name, content in part.files.items()}
        return RawAnswer(kind=parts[0].kind, files=files)
    if "file" in answer:
        return _from_file(question, folder / str(answer["file"]), kind)
    text = str(answer.get("text", ""))
    kind = str(answer.get("kind", _kind(question, file=False)))
    if kind == "code":
        return RawAnswer(kind=kind, files={"answer.py": text.encode()})
    return RawAnswer(kind=kind, text=text)


def _typed(question: Question, text: str) -> RawAnswer:
    return RawAnswer(kind=_kind(question, file=False), text=text)


def _from_file(question: Question, file: Path, kind: str = "") -> RawAnswer:
    takers: list[str] = [
        one.kind for one in question.answers if file.suffix.lower() in _suffixes(one)
    ]
    kind = kind or (takers or [_kind(question, file=False)])[0]
    content = _read(file)
    if kind in takers or kind in ALWAYS_FILES:
        return RawAnswer(kind=kind, files={file.name: content})
    try:
        return RawAnswer(kind=kind, text=content.decode())
    except UnicodeDecodeError as fault:
        raise Fault(f"{file} is not text (UTF-8).") from fault


def _kind(question: Question, *, file: bool) -> str:
    """The kind that a typed text, or a file, is meant as."""
    kinds = [spec.kind for spec in question.answers]
    fitting = [kind for kind in kinds if (kind in ALWAYS_FILES) == file]
    return (fitting or kinds)[0]


def _question(assignment: Assignment, question_id: str) -> Question:
    try:
        return assignment.question(question_id)
    except KeyError:
        known = ", ".join(one.id for one in assignment.questions)
        message = f"{assignment.key} has no question '{question_id}'. It has {known}."
        raise Fault(message, EXIT_USAGE) from None


def _question_for(assignment: Assignment, file: Path) -> Question:
    named = [one for one in assignment.questions if one.id == file.stem]
    able = [one for one in assignment.questions if _takes(one, file.suffix.lower())]
    found = named or able
    if len(found) == 1:
        return found[0]
    ids = ", ".join(one.id for one in able) or "none"
    raise Fault(
        f"Which question does {file.name} answer? It could be: {ids}. Name the file after the "
        f"question, or write --answer q1=@{file}",
        EXIT_USAGE,
    )


def _takes(question: Question, suffix: str) -> bool:
    """A file with a suffix that some kind asks for is meant for that kind; any other is text."""
    if suffix in FILES:
        return any(suffix in _suffixes(spec) for spec in question.answers)
    return any(spec.kind not in ALWAYS_FILES for spec in question.answers)


def _suffixes(spec: AnswerSpec) -> tuple[str, ...]:
    return tuple(getattr(spec, "suffixes", ()))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise Fault(f"{file}: {fault.strerror}.") from fault
