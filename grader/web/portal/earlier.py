"""The attempt that the next one begins from: what was typed in it is filled in, its files are kept.

An attempt is a whole sheet, so whoever mends one answer must not have to give all others again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.bootstrap import Context
from grader.store.queries import submissions
from grader.store.queries.portal import AssignmentPage, SubmissionLine
from grader.store.queries.submissions import AnswerView
from grader.web.portal.kept import Kept, Offer
from grader.web.portal.kinds import first_kind
from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.tensor.spec import TensorSpec
from rubrics.schema import Question

EMPTY = "empty"
"""In place of an attempt: an empty form is wanted."""


@dataclass(frozen=True)
class Earlier:
    """An attempt and its answers by question; number 0 stands for none."""

    submission_id: str = EMPTY
    attempt: int = 0
    answers: Mapping[str, AnswerView] = field(default_factory=dict)

    def offer(self, question: Question) -> Offer | None:
        """The files that can be handed in again. One file of code is filled in as text instead."""
        answer = self.answers.get(question.id)
        spec = None if answer is None else _spec(question, answer.kind)
        if answer is None or spec is None or not answer.files:
            return None
        if isinstance(spec, CodeSpec) and not spec.files:
            return None
        return Offer(answer.kind, _names(answer))

    def files(self, ctx: Context, question: Question) -> dict[str, bytes]:
        """The bytes of those files, under the names that they were stored by."""
        answer = self.answers[question.id]
        return {one.name: ctx.artefacts.get(one.sha256) for one in answer.files}


def last(page: AssignmentPage, wanted: str) -> SubmissionLine | None:
    """The person's attempt of that id, else the last one; None where an empty form is wanted."""
    if wanted == EMPTY:
        return None
    newest = page.submissions[0] if page.submissions else None
    return next((one for one in page.submissions if one.id == wanted), newest)


def load(ctx: Context, line: SubmissionLine | None) -> Earlier:
    """That attempt with its answers."""
    if line is None:
        return Earlier()
    with ctx.store.read() as reading:
        found = submissions.answers(reading, line.id)
    return Earlier(line.id, line.attempt, {one.question_id: one for one in found})


def filled(questions: Iterable[Question], earlier: Earlier) -> dict[str, Kept]:
    """The inputs of every question, with what that attempt answered."""
    return {one.id: _filled(one, earlier) for one in questions}


def _filled(question: Question, earlier: Earlier) -> Kept:
    answer = earlier.answers.get(question.id)
    spec = None if answer is None else _spec(question, answer.kind)
    if answer is None or spec is None:  # not answered, or in a kind that is taken no more
        return Kept(first_kind(question))
    offer = earlier.offer(question)
    if offer is not None:
        return Kept(answer.kind, offer=offer)
    if isinstance(spec, CodeSpec):
        return _code(spec, answer)
    if isinstance(spec, TensorSpec) and "typed" not in spec.forms:
        return Kept("tensor", lost=("JSON",))  # of which only the numbers were stored
    if answer.kind == "choice":
        return Kept(answer.kind, picks=frozenset(answer.text.split(", ")))
    return Kept(answer.kind, texts={answer.kind: answer.text})


def _code(spec: CodeSpec, answer: AnswerView) -> Kept:
    name = str(_data(answer).get("filename", ""))
    if ".py" not in spec.suffixes:  # of a notebook only its code was stored
        return Kept("code", lost=(name,))
    return Kept("code", code=answer.text, file_name=name)


def _names(answer: AnswerView) -> tuple[str, ...]:
    pages = _data(answer).get("pages")
    if pages:
        return tuple(str(one["given"]) for one in pages)
    return tuple(one.name for one in answer.files)


def _data(answer: AnswerView) -> dict[str, Any]:
    return answer.data if isinstance(answer.data, dict) else {}


def _spec(question: Question, kind: str) -> object | None:
    return next((one for one in question.answers if one.kind == kind), None)
