"""How questions make a stored grade."""

import pytest

from grader.domain.totals import decided, final_grade, person_check, service_error
from rubrics.grade import CheckGrade, Grade, QuestionGrade
from rubrics.loader import LIBRARY, load
from rubrics.outcome import Outcome

PAPER = load(LIBRARY / "autograd" / "paper-1")


def check(identity="c", outcome=Outcome.CORRECT, score=2.0, evidence="values", points=2.0):
    return CheckGrade(
        id=identity,
        title=identity,
        outcome=outcome,
        evidence=evidence,
        score=score,
        max_score=points,
    )


def question(identity, *checks):
    scores = [one.score for one in checks]
    return QuestionGrade(
        id=identity,
        score=None if None in scores else sum(scores),
        max_score=sum(one.max_score for one in checks),
        outcome=checks[0].outcome,
        feedback="Waits for a person.",
        checks=checks,
    )


def grade(*questions):
    return Grade(
        assignment="a/b",
        student="ada",
        attempt=1,
        score=None,
        max_score=0,
        provisional=True,
        outcome=Outcome.WRONG,
        questions=questions,
    )


WAITS = check("p", Outcome.NEEDS_REVIEW, None, "person")
DECISION = check("p", Outcome.PARTIAL, 1.5, "person")

TOTALS = [
    # (questions, penalty) -> (score, provisional, outcome)
    ([question("a", check())], 0.0, 2.0, False, Outcome.CORRECT),
    ([question("a", check())], 0.25, 1.5, False, Outcome.CORRECT),
    ([question("a", check())], 1.0, 0.0, False, Outcome.CORRECT),
    (
        [question("a", check()), question("b", check(outcome=Outcome.WRONG, score=0.0))],
        0.5,
        1.0,
        False,
        Outcome.PARTIAL,
    ),
    # what waits has no score, and the total is what is known so far
    ([question("a", check()), question("b", WAITS)], 0.5, 1.0, True, Outcome.NEEDS_REVIEW),
    ([question("b", WAITS)], 0.0, None, True, Outcome.NEEDS_REVIEW),
    # our faults are never zeros
    (
        [question("a", check(outcome=Outcome.SERVICE_ERROR, score=None))],
        0.0,
        None,
        True,
        Outcome.SERVICE_ERROR,
    ),
    (
        [question("a", check(outcome=Outcome.RUBRIC_ERROR, score=None)), question("b", check())],
        0.0,
        2.0,
        True,
        Outcome.RUBRIC_ERROR,
    ),
]


@pytest.mark.parametrize(("questions", "penalty", "score", "provisional", "outcome"), TOTALS)
def test_totals(questions, penalty, score, provisional, outcome):
    final = final_grade(grade(*questions), {}, penalty)
    assert (final.score, final.provisional, final.outcome) == (score, provisional, outcome)
    assert final.late_penalty == penalty
    assert final.max_score == 2.0 * len(questions)


def test_a_decision_stands_in_its_question_and_machine_checks_beside_it():
    both = question("b", check("m", Outcome.WRONG, 0.0), WAITS)
    final = final_grade(grade(both), {"b": DECISION}, 0.0)
    assert final.questions[0].score == 1.5
    assert final.questions[0].outcome == Outcome.PARTIAL
    assert final.questions[0].feedback == ""
    assert (final.score, final.provisional) == (1.5, False)


def test_a_question_waits_as_long_as_one_of_its_checks_does():
    both = question("b", check("m", Outcome.RUBRIC_ERROR, None), WAITS)
    assert decided(both, DECISION).score is None


def test_a_decision_on_another_check_changes_nothing():
    plain = question("b", check("m"))
    assert decided(plain, DECISION) == plain


ITEMS = [
    # items add up, and stay between nothing and the check's points
    ([], 0.0, Outcome.WRONG),
    (["result"], 1.0, Outcome.PARTIAL),
    (["result", "chain"], 2.0, Outcome.CORRECT),
    (["result", "chain", "sign"], 1.5, Outcome.PARTIAL),
    (["sign"], 0.0, Outcome.WRONG),
    (["result", "result"], 1.0, Outcome.PARTIAL),
]


@pytest.mark.parametrize(("items", "score", "outcome"), ITEMS)
def test_ticked_items(items, score, outcome):
    made = person_check(PAPER.question("q2a"), items, "Well said.")
    assert (made.score, made.outcome, made.max_score) == (score, outcome, 2.0)
    assert (made.evidence, made.id) == ("person", "derivation")
    assert made.feedback.splitlines()[-1] == "Well said."
    assert len(made.feedback.splitlines()) == len(set(items)) + 1


def test_our_failure_has_every_question_and_no_score():
    questions = service_error(PAPER, "Sorry.")
    final = final_grade(grade(*questions), {}, 0.0)
    assert [one.id for one in final.questions] == ["q1", "q2a", "q2b"]
    assert (final.score, final.provisional, final.outcome) == (None, True, Outcome.SERVICE_ERROR)
    assert final.max_score == PAPER.max_score
