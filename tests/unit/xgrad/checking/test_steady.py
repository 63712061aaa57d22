"""Two rounds are compared for what was judged, not for what a clock read."""

from rubrics.grade import CheckGrade, QuestionGrade
from rubrics.outcome import Outcome
from xgrad.checking.grading import _unsteady


def _question(outcome: Outcome, said: str, score: float = 0.0) -> QuestionGrade:
    check = CheckGrade(
        id="values",
        title="Values",
        outcome=outcome,
        evidence="values",
        score=score,
        max_score=4,
        feedback=said,
    )
    return QuestionGrade(
        id="q1", score=score, max_score=4, outcome=outcome, feedback=said, checks=(check,)
    )


def test_an_ended_run_may_tell_of_another_time() -> None:
    first = _question(Outcome.TIMED_OUT, "It used 10.1 s of processor time.")
    second = _question(Outcome.TIMED_OUT, "It was still running after 10 s.")
    assert _unsteady([(first,), (second,)]) == []


def test_another_ending_is_unsteady() -> None:
    first, second = _question(Outcome.TIMED_OUT, ""), _question(Outcome.CRASHED, "")
    assert _unsteady([(first,), (second,)]) == ["q1"]


def test_other_words_on_values_are_unsteady() -> None:
    first = _question(Outcome.PARTIAL, "3 of 4 are right.", 3)
    second = _question(Outcome.PARTIAL, "Component 2 is off.", 3)
    assert _unsteady([(first,), (second,)]) == ["q1"]
