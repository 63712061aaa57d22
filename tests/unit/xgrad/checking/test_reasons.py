"""Where the rubric broke, an author reads at which check, and in which line of the reference."""

from rubrics.grade import CheckGrade, QuestionGrade
from rubrics.outcome import Outcome
from xgrad.checking.grading import _staff_reason


def _check(name: str, outcome: Outcome, said: str) -> CheckGrade:
    return CheckGrade(
        id=name,
        title="T",
        outcome=outcome,
        evidence="values",
        score=None,
        max_score=1,
        feedback=said,
    )


def _question(outcome: Outcome, *checks: CheckGrade, said: str = "") -> QuestionGrade:
    return QuestionGrade(
        id="q", score=None, max_score=2, outcome=outcome, feedback=said, checks=checks
    )


def test_of_several_checks_those_that_broke_are_named() -> None:
    right = _check("shape", Outcome.CORRECT, "Right.")
    broken = _check("values", Outcome.RUBRIC_ERROR, "It failed (line 7 of the reference).")
    question = _question(Outcome.RUBRIC_ERROR, right, broken)
    assert _staff_reason("q", (question,)) == " (values: It failed (line 7 of the reference).)"


def test_a_question_that_did_not_break_needs_no_reason() -> None:
    wrong = _question(Outcome.WRONG, _check("values", Outcome.WRONG, "Off."), said="Off.")
    assert not _staff_reason("q", (wrong,))
    assert not _staff_reason("other", (wrong,))


def test_without_checks_the_question_itself_says_why() -> None:
    broken = _question(Outcome.RUBRIC_ERROR, said="It failed.")
    assert _staff_reason("q", (broken,)) == " (It failed.)"
