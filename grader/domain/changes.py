"""What a regrade would change, and when what stands must stay."""

from dataclasses import dataclass
from typing import Literal

from rubrics.grade import Grade, QuestionGrade
from rubrics.outcome import OUR_FAULT

Verdict = Literal["same", "changed", "kept"]


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """One question before and after; None where one of the versions does not have it.

    `words_only`: its score and outcome are the same, only what is said differs.
    """

    id: str
    old: QuestionGrade | None
    new: QuestionGrade | None

    @property
    def words_only(self) -> bool:
        """Whether nothing but words changed."""
        return _numbers(self.old) == _numbers(self.new)


def between(old: Grade | None, new: Grade) -> tuple[QuestionChange, ...]:
    """The questions whose grade is another, in the new order; then those that are no more."""
    before = {one.id: one for one in old.questions} if old else {}
    after = {one.id: one for one in new.questions}
    ids = [*after, *(name for name in before if name not in after)]
    return tuple(
        QuestionChange(name, before.get(name), after.get(name))
        for name in ids
        if before.get(name) != after.get(name)
    )


def compare(old: Grade | None, new: Grade) -> Verdict:
    """Whether `new` is to follow `old`.

    "kept": by our fault a question has no verdict now that had one, so what stands is kept.
    Which versions judged, and what the sandbox used, make no other grade.
    """
    if old is None:
        return "kept" if new.outcome in OUR_FAULT else "changed"
    fine = {one.id for one in old.questions if one.outcome not in OUR_FAULT}
    if any(one.outcome in OUR_FAULT and one.id in fine for one in new.questions):
        return "kept"
    same = _whole(old) == _whole(new) and old.questions == new.questions
    return "same" if same else "changed"


def _whole(grade: Grade) -> tuple[object, ...]:
    return (grade.score, grade.max_score, grade.outcome, grade.provisional, grade.late_penalty)


def _numbers(question: QuestionGrade | None) -> tuple[object, ...] | None:
    return None if question is None else (question.score, question.max_score, question.outcome)
