"""What a regrade comes to, for people and programs: a line for each grade, and totals."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from grader.domain.changes import QuestionChange, between
from grader.services.regrades.apply import Settled
from rubrics.grade import Grade, QuestionGrade
from rubrics.outcome import OUR_FAULT
from workers.regrading.batch import Lot


@dataclass(frozen=True, slots=True)
class Line:
    """One submission whose grade changes (`verdict` "changed"), or could not be judged ("failed").

    `questions` names the questions that differ; of those in `words` only what is said does.
    """

    submission_id: str
    student: str
    attempt: int
    verdict: str
    old_score: float | None = None
    new_score: float | None = None
    old_outcome: str | None = None
    new_outcome: str | None = None
    max_score: float | None = None
    questions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    reason: str = ""


@dataclass
class Report:
    """Totals and lines. `waiting` are being graded right now and left to that."""

    submissions: int = 0
    changed: int = 0
    score_changed: int = 0
    same: int = 0
    waiting: int = 0
    failed: int = 0
    sandbox_runs: int = 0
    kept_runs: int = 0
    lines: list[Line] = field(default_factory=list)

    def totals(self) -> dict[str, Any]:
        """The counts by name."""
        return {name: count for name, count in vars(self).items() if name != "lines"}

    def add(self, lot: Lot, settled: Iterable[Settled]) -> None:
        """Count a lot in."""
        self.submissions += len(lot.works)
        self.sandbox_runs += lot.ran
        self.kept_runs += lot.taken
        for one in settled:
            self._add(one)
        for name, reason in lot.failed.items():
            work = lot.works[name]
            self._fail(Line(name, work.student, work.attempt, "failed", reason=reason))

    def _add(self, one: Settled) -> None:
        if one.verdict == "same":
            self.same += 1
        elif one.verdict == "waiting":
            self.waiting += 1
        elif one.verdict == "kept":
            self._fail(_line(one, "failed", _reason(one.new)))
        else:
            line = _line(one, "changed")
            self.changed += 1
            self.score_changed += line.old_score != line.new_score
            self.lines.append(line)

    def _fail(self, line: Line) -> None:
        self.failed += 1
        self.lines.append(line)


def _line(one: Settled, verdict: str, reason: str = "") -> Line:
    differing = between(one.old, one.new)
    return Line(
        submission_id=one.submission_id,
        student=one.student,
        attempt=one.attempt,
        verdict=verdict,
        old_score=None if one.old is None else one.old.score,
        new_score=one.new.score,
        old_outcome=None if one.old is None else one.old.outcome.value,
        new_outcome=one.new.outcome.value,
        max_score=one.new.max_score,
        questions=_names(differing, words=False),
        words=_names(differing, words=True),
        reason=reason,
    )


def _names(differing: Iterable[QuestionChange], *, words: bool) -> tuple[str, ...]:
    return tuple(one.id for one in differing if one.words_only == words)


def _reason(new: Grade) -> str:
    """What the first question says that failed by our fault."""
    broken = next(one for one in new.questions if one.outcome in OUR_FAULT)
    return f"{broken.id}: {_said(broken)}"


def _said(question: QuestionGrade) -> str:
    texts = [question.feedback, *(check.feedback for check in question.checks)]
    return next((text for text in texts if text), question.outcome.value)
