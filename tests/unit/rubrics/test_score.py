"""Questions make a total; what waits makes it provisional."""

import pytest

from rubrics.grade import QuestionGrade, SandboxUse
from rubrics.outcome import Outcome
from rubrics.schema import Assignment
from rubrics.score import assemble, total


def question(score: float | None, outcome: Outcome) -> QuestionGrade:
    return QuestionGrade(id="q", score=score, max_score=2, outcome=outcome)


RIGHT = question(2, Outcome.CORRECT)
WRONG = question(0, Outcome.WRONG)
WAITS = question(None, Outcome.NEEDS_REVIEW)
OURS = question(None, Outcome.RUBRIC_ERROR)


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ([RIGHT, RIGHT], (4, 4, False, Outcome.CORRECT)),
        ([RIGHT, WRONG], (2, 4, False, Outcome.PARTIAL)),
        ([WRONG, WRONG], (0, 4, False, Outcome.WRONG)),
        ([RIGHT, WAITS], (2, 4, True, Outcome.NEEDS_REVIEW)),
        ([WAITS, OURS], (None, 4, True, Outcome.RUBRIC_ERROR)),
        ([], (0, 0, False, Outcome.SKIPPED)),
    ],
)
def test_total(questions: list[QuestionGrade], expected: tuple[object, ...]) -> None:
    assert tuple(total(questions)) == expected


def test_assemble(paper: Assignment) -> None:
    grade = assemble(paper, "ada", 1, [RIGHT, WAITS], SandboxUse(), {"torch": "2"})
    assert (grade.assignment, grade.student, grade.attempt) == ("autograd/paper-1", "ada", 1)
    assert (grade.score, grade.max_score, grade.provisional) == (2, 4, True)
    assert grade.model_validate_json(grade.model_dump_json()) == grade
