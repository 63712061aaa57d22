"""One assignment's judge: warm, pure, and fair about whose fault a failure is."""

import math
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import torch

from rubrics.answers import ParsedAnswer
from rubrics.check_specs import CheckSpec
from rubrics.checks.case import Case
from rubrics.checks.table import CHECKS, WARM
from rubrics.grade import CheckGrade, QuestionGrade
from rubrics.job import Job, Run
from rubrics.judge.causes import told_once
from rubrics.judge.plan import plan
from rubrics.judge.posed import Posed, Poser
from rubrics.judge.prerequisites import skipped, unmet, veiled
from rubrics.loader import load
from rubrics.outcome import Outcome, combine
from rubrics.reference import AuthorError
from rubrics.schema import Question


class Judge:
    """Judges answers to the assignment in `folder`. Not thread-safe: one a process.

    Reads nothing but that folder, writes nothing, and keeps references and tables of slips.
    """

    def __init__(self, folder: Path) -> None:
        """Raises AssignmentError if the folder holds no sound assignment."""
        self._assignment = load(folder)
        self._poser = Poser(self._assignment)

    def warm(self) -> None:
        """Work out references and tables now. An author's fault waits for the first answer.

        Of variants only the first: what it makes torch import serves all.
        """
        posed = self._poser.posed(0)
        for question in posed.questions:
            for check in question.checks:
                try:
                    if check.kind in WARM:
                        WARM[check.kind](check, question, posed.references[question.id])
                except AuthorError:
                    continue

    def judge(
        self, answers: Mapping[str, ParsedAnswer], runs: Mapping[str, Run], seed: int
    ) -> tuple[QuestionGrade, ...]:
        """A grade for every question, in order.

        `runs` holds what code answers produced, by the names that `plan` gave; `seed` says which
        variant was posed, and which hidden inputs.
        """
        posed = self._poser.posed(seed)
        return tuple(
            _question(question, answers.get(question.id), runs, seed, posed)
            for question in posed.questions
        )

    def plan(self, answers: Mapping[str, ParsedAnswer], seed: int) -> dict[str, Job]:
        """What the sandbox must run for these answers, with this submission's hidden inputs."""
        found: dict[str, Job] = {}
        posed = self._poser.posed(seed)
        for question in posed.questions:
            if question.id in answers:
                references = posed.references[question.id]
                found |= plan(question, answers[question.id], references, seed)
        return found

    def pose(self, number: int) -> Posed:
        """The variant of that number, to be tried out before students see it."""
        return self._poser.apart(number)

    @staticmethod
    def versions() -> dict[str, str]:
        """What a grade depends on beside the assignment."""
        try:
            own = version("xgrad")
        except PackageNotFoundError:
            own = "unknown"
        return {"torch": torch.__version__, "python": platform.python_version(), "xgrad": own}


def _question(
    question: Question,
    parsed: ParsedAnswer | None,
    runs: Mapping[str, Run],
    seed: int,
    posed: Posed,
) -> QuestionGrade:
    if parsed is None:
        return _unanswered(question)
    head = f"{question.id}/"
    others = {name[len(head) :]: run for name, run in runs.items() if name.startswith(head)}
    references = posed.references[question.id]
    case = Case(question, parsed, runs.get(question.id), references, seed, others)
    return _summed(question, _checks(case))


def _checks(case: Case) -> list[CheckGrade]:
    """Every check in order; one whose prerequisites are not right is skipped."""
    found: dict[str, CheckGrade] = {}
    hidden = [check.id for check in case.question.checks if check.hidden]
    for check in case.question.checks:
        why = unmet(check, found)
        points = case.question.points_of(check)
        found[check.id] = skipped(check, points, why, hidden) if why else _check(check, case)
    told = {one.outcome for name, one in found.items() if name not in hidden}
    if case.run is not None and case.run.ended is not None:
        told.add(case.run.ended)  # it had no hidden input
    for number, name in enumerate(hidden, 1):
        found[name] = veiled(found[name], number, told)
    return told_once(list(found.values()), case)


def _check(check: CheckSpec, case: Case) -> CheckGrade:
    try:
        return CHECKS[check.kind](check, case)
    except AuthorError as fault:
        where = f" (line {fault.line} of the reference)" if fault.line else ""
        said = f"The reference of this question failed{where}. This is our fault, not yours:"
        return _ours(check, case, Outcome.RUBRIC_ERROR, f"{said} staff will see to it.")
    except Exception as fault:
        said = f"Judging this answer failed ({type(fault).__name__}). This is our fault, not yours."
        return _ours(check, case, Outcome.SERVICE_ERROR, said)


def _ours(check: CheckSpec, case: Case, outcome: Outcome, said: str) -> CheckGrade:
    """A failure of ours: no score rather than a zero. What it says gives no value away."""
    return CheckGrade(
        id=check.id,
        title=check.title,
        outcome=outcome,
        evidence=check.evidence,
        score=None,
        max_score=case.question.points_of(check),
        feedback=said,
    )


def _unanswered(question: Question) -> QuestionGrade:
    return QuestionGrade(
        id=question.id,
        score=0.0,
        max_score=question.points,
        outcome=Outcome.WRONG,
        feedback="No answer was given.",
    )


def _summed(question: Question, checks: list[CheckGrade]) -> QuestionGrade:
    scores = [check.score for check in checks if check.score is not None]
    return QuestionGrade(
        id=question.id,
        score=math.fsum(scores) if len(scores) == len(checks) else None,
        max_score=question.points,
        outcome=combine(check.outcome for check in checks),
        feedback=checks[0].feedback if len(checks) == 1 else "",
        checks=tuple(checks),
    )
