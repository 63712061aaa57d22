"""How questions make a total, lateness takes its share, and a person's decision stands."""

from collections.abc import Mapping

from rubrics.grade import Grade, QuestionGrade
from rubrics.outcome import Outcome, combine


def total(questions: tuple[QuestionGrade, ...], penalty: float) -> float | None:
    """The score after the late penalty; None as soon as one question's is."""
    scores = [one.score for one in questions]
    if any(score is None for score in scores):
        return None
    earned = sum(score for score in scores if score is not None)
    # Rubric items may take points off, but no submission is worth less than nothing.
    return round(max(0.0, earned) * (1.0 - penalty), 6)


def with_decisions(
    questions: tuple[QuestionGrade, ...], decided: Mapping[str, QuestionGrade]
) -> tuple[QuestionGrade, ...]:
    """The questions, those that a person decided on as they decided."""
    return tuple(decided.get(one.id, one) for one in questions)


def final_grade(grade: Grade, decided: Mapping[str, QuestionGrade], penalty: float) -> Grade:
    """The grade that is stored: persons' decisions kept, the late penalty taken, totals anew."""
    questions = with_decisions(grade.questions, decided)
    score = total(questions, penalty)
    return grade.model_copy(
        update={
            "questions": questions,
            "score": score,
            "max_score": sum(one.max_score for one in questions),
            "provisional": score is None,
            "outcome": combine(one.outcome for one in questions),
            "late_penalty": penalty,
        }
    )


def service_error(
    questions: tuple[tuple[str, float], ...], reason: str
) -> tuple[QuestionGrade, ...]:
    """Every question (id, points) as our own failure: no score, so never a zero."""
    return tuple(
        QuestionGrade(
            id=identity,
            score=None,
            max_score=points,
            outcome=Outcome.SERVICE_ERROR,
            feedback=reason,
        )
        for identity, points in questions
    )
