"""How questions make a total, lateness takes its share, and a person's decision stands."""

import math
from collections.abc import Mapping, Sequence

from rubrics.grade import CheckGrade, Grade, QuestionGrade
from rubrics.outcome import Outcome, combine
from rubrics.schema import Assignment, Question
from rubrics.score import total

Decisions = Mapping[str, CheckGrade]
"""What people decided, by question id: the grade of the question's person check."""


def decided(question: QuestionGrade, check: CheckGrade) -> QuestionGrade:
    """The question with a person's check as they decided it, and its score anew."""
    checks = tuple(check if one.id == check.id else one for one in question.checks)
    if checks == question.checks:
        return question
    scores = [one.score for one in checks]
    known = [score for score in scores if score is not None]
    return question.model_copy(
        update={
            "checks": checks,
            "score": math.fsum(known) if len(known) == len(scores) else None,
            "outcome": combine(one.outcome for one in checks),
            "feedback": "",
        }
    )


def final_grade(grade: Grade, decisions: Decisions, penalty: float) -> Grade:
    """The grade that is stored: people's decisions kept, totals anew, the late penalty taken."""
    questions = tuple(
        decided(one, decisions[one.id]) if one.id in decisions else one for one in grade.questions
    )
    whole = total(questions)
    score = None if whole.score is None else round(whole.score * (1.0 - penalty), 6)
    return grade.model_copy(
        update={**whole._asdict(), "questions": questions, "score": score, "late_penalty": penalty}
    )


def person_check(question: Question, items: Sequence[str], comment: str) -> CheckGrade:
    """A person's check from the rubric items they ticked, kept between 0 and its points.

    Raises ValueError for a question that no person decides.
    """
    check = question.for_a_person
    if check is None:
        raise ValueError(f"no person decides question {question.id}")
    points = question.points_of(check)
    ticked = [item for item in question.rubric if item.id in items]
    score = min(max(math.fsum(item.points for item in ticked), 0.0), points)
    lines = [f"{item.points:+g}: {item.text}" for item in ticked]
    return CheckGrade(
        id=check.id,
        title=check.title,
        outcome=_outcome(score, points),
        evidence="person",
        score=score,
        max_score=points,
        feedback="\n".join([*lines, comment] if comment else lines),
    )


def service_error(assignment: Assignment, reason: str) -> tuple[QuestionGrade, ...]:
    """Every question as our own failure: no score, so never a zero. A person may still mark."""
    return tuple(_failed_question(question, reason) for question in assignment.questions)


def _failed_question(question: Question, reason: str) -> QuestionGrade:
    checks = tuple(
        CheckGrade(
            id=check.id,
            title=check.title,
            outcome=Outcome.SERVICE_ERROR,
            evidence=check.evidence,
            score=None,
            max_score=question.points_of(check),
        )
        for check in question.checks
    )
    return QuestionGrade(
        id=question.id,
        score=None,
        max_score=question.points,
        outcome=Outcome.SERVICE_ERROR,
        feedback=reason,
        checks=checks,
    )


def _outcome(score: float, points: float) -> Outcome:
    if score >= points:
        return Outcome.CORRECT
    return Outcome.PARTIAL if score > 0 else Outcome.WRONG
