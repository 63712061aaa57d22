"""The answer form, read: raw answers for the service, and what to show again if they are refused.

Names of fields, for a question and one of its kinds: `kind.<question>`, `text.<question>.<kind>`,
`pick.<question>.<kind>` (options chosen), `file.<question>.<kind>`, `keep.<question>.<kind>` (the
files of the attempt that `from` names), `sent.<question>.<kind>` (the digest of the files that this
form held when it was refused), `code.<question>` and `name.<question>` (pasted code, and the file
name it came from).
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath

from werkzeug.datastructures import FileStorage, MultiDict

from grader.bootstrap import Context
from grader.domain.errors import AnswerMalformed, Fault
from grader.domain.file_names import unused
from grader.web.portal.earlier import Earlier
from grader.web.portal.kept import Kept
from rubrics.answers.raw import RawAnswer
from rubrics.schema import Question

SHOWN_BYTES = 200_000
"""Of an uploaded file, shown again after a refusal; a browser never keeps a chosen file."""

Form = MultiDict[str, str]
Files = MultiDict[str, FileStorage]
Fetch = Callable[[str, str], dict[str, bytes] | None]


def read(
    ctx: Context,
    questions: Iterable[Question],
    form: Form,
    files: Files,
    earlier: Earlier,
    *,
    fetch: Fetch,
) -> tuple[dict[str, RawAnswer], dict[str, Kept]]:
    """Raw answers of the questions that were answered, and the inputs of all.

    `fetch` gives the files of a refused form by their question and digest, None where they are kept
    no more.
    """
    answers: dict[str, RawAnswer] = {}
    kept: dict[str, Kept] = {}
    for question in questions:
        mine = kept[question.id] = _kept(question, form, earlier)
        sent = [one for one in files.getlist(f"file.{question.id}.{mine.kind}") if one.filename]
        again = mine.offer is not None and mine.keep and mine.offer.kind == mine.kind
        answer = _uploaded(sent, mine) if sent else _sent_before(question, form, mine, fetch)
        answer = answer or _typed(mine)
        if answer is None and again:
            answer = RawAnswer(kind=mine.kind, files=earlier.files(ctx, question))
        if answer is not None:
            answers[question.id] = answer
    return answers, kept


def _sent_before(question: Question, form: Form, kept: Kept, fetch: Fetch) -> RawAnswer | None:
    digest = form.get(f"sent.{question.id}.{kept.kind}", "")
    if not digest:
        return None
    files = fetch(question.id, digest)
    if files is None:
        kept.gone = True
        return None
    kept.keep, kept.lost, kept.uploads = False, tuple(files), files
    return RawAnswer(kind=kept.kind, files=files)


def _typed(kept: Kept) -> RawAnswer | None:
    if kept.kind == "code":
        return _pasted(kept)
    text = ", ".join(sorted(kept.picks)) if kept.kind == "choice" else kept.texts[kept.kind]
    return RawAnswer(kind=kept.kind, text=text) if text.strip() else None


def _kept(question: Question, form: Form, earlier: Earlier) -> Kept:
    kinds: list[str] = [one.kind for one in question.answers]
    chosen = form.get(f"kind.{question.id}", kinds[0])
    kind = chosen if chosen in kinds else kinds[0]
    return Kept(
        kind=kind,
        texts={name: form.get(f"text.{question.id}.{name}", "") for name in kinds},
        picks=frozenset(form.getlist(f"pick.{question.id}.{kind}")),
        code=form.get(f"code.{question.id}", ""),
        file_name=plain_name(form.get(f"name.{question.id}", "")),
        offer=earlier.offer(question),
        keep=f"keep.{question.id}.{kind}" in form,
    )


def _uploaded(sent: list[FileStorage], kept: Kept) -> RawAnswer:
    contents: dict[str, bytes] = {}
    for one in sent:
        name = plain_name(one.filename or "")
        contents[unused(name, contents)] = one.read()
    # Chosen in place of the earlier files: those must not be handed in again by a refused form.
    kept.keep, kept.lost, kept.uploads = False, tuple(contents), contents
    if kept.kind == "code" and len(contents) == 1:
        kept.file_name, content = next(iter(contents.items()))
        kept.code = _shown(kept.file_name, content)
        if kept.code:
            kept.lost, kept.uploads = (), {}
    return RawAnswer(kind=kept.kind, files=contents)


def _pasted(kept: Kept) -> RawAnswer | None:
    if not kept.code.strip():
        return None
    # A name that was refused for its ending would be refused for ever.
    name = kept.file_name if kept.file_name.endswith(".py") else "answer.py"
    # A browser sends pasted lines with CRLF; what was pasted had plain ends.
    content = kept.code.replace("\r\n", "\n").encode("utf-8", "replace")
    return RawAnswer(kind=kept.kind, files={name: content})


def plain_name(name: str) -> str:
    """The last part of a path, whichever way its slashes lean."""
    return PurePath(name.replace("\\", "/")).name


def _shown(name: str, content: bytes) -> str:
    """The code as text; empty where that would be another file: a notebook, or cut off."""
    if name.lower().endswith(".ipynb") or len(content) > SHOWN_BYTES:
        return ""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if "\x00" in text else text


def require_all(kept: Mapping[str, Kept]) -> None:
    """Raises AnswerMalformed for files that are kept no more: nothing is left out unseen."""
    why, remedy = "The file that you sent before is not kept any more.", "Choose it again."
    faults = [Fault(name, why, remedy) for name, mine in kept.items() if mine.gone]
    if faults:
        raise AnswerMalformed("Some files have to be chosen again. No attempt was used.", *faults)


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
