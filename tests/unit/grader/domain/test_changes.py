"""Which grades a regrade changes, which it leaves, and what it says of them."""

from typing import Any

import pytest

from grader.domain.changes import between, compare
from rubrics.grade import Grade, QuestionGrade, SandboxUse
from rubrics.outcome import Outcome


def question(name: str = "q1", **changes: Any) -> QuestionGrade:
    given = {"id": name, "score": 1.0, "max_score": 2.0, "outcome": Outcome.PARTIAL}
    return QuestionGrade(**(given | changes))


def grade(*questions: QuestionGrade, **changes: Any) -> Grade:
    given = {
        "assignment": "a/b",
        "student": "ada",
        "attempt": 1,
        "score": 1.0,
        "max_score": 2.0,
        "provisional": False,
        "outcome": Outcome.PARTIAL,
        "questions": questions or (question(),),
    }
    return Grade(**(given | changes))


OURS = question(score=None, outcome=Outcome.SERVICE_ERROR)
BROKEN = question(score=None, outcome=Outcome.RUBRIC_ERROR)


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        (grade(), grade(), "same"),
        (grade(), grade(versions={"xgrad": "9"}, sandbox=SandboxUse(wall_ms=5)), "same"),
        (grade(), grade(score=2.0), "changed"),
        (grade(), grade(late_penalty=0.1), "changed"),
        (grade(), grade(question(feedback="Look at the exponent.")), "changed"),
        (None, grade(), "changed"),
        (None, grade(OURS, outcome=Outcome.SERVICE_ERROR), "kept"),
        (grade(), grade(OURS, score=None), "kept"),
        (grade(), grade(BROKEN, score=None), "kept"),
        (grade(OURS), grade(), "changed"),
        (grade(OURS), grade(OURS), "same"),
        (grade(), grade(question(), OURS.model_copy(update={"id": "q2"})), "changed"),
    ],
)
def test_verdicts(old: Grade | None, new: Grade, verdict: str) -> None:
    assert compare(old, new) == verdict


def test_the_questions_that_differ_and_those_of_which_only_words_do() -> None:
    old = grade(question("q1"), question("q2"), question("q3"), question("gone"))
    new = grade(
        question("q1"), question("q2", score=2.0), question("q3", feedback="!"), question("new")
    )
    found = {one.id: one.words_only for one in between(old, new)}
    assert found == {"q2": False, "q3": True, "new": False, "gone": False}
    assert [one.id for one in between(None, old)] == ["q1", "q2", "q3", "gone"]
