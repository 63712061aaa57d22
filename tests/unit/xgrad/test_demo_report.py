"""The demo's verdict: any score, outcome or diagnosis that is not as it must be is a failure."""

from types import SimpleNamespace
from typing import Any

import pytest

from rubrics.grade import CheckGrade, Diagnosis, Grade, QuestionGrade
from rubrics.outcome import Outcome
from xgrad.demo import report
from xgrad.demo.answers import EXPECTED
from xgrad.demo.counts import Counts

DROPPED = "You treated the exponent `4*x` as a constant: the path through it was dropped."
REASONS = {"page": (DROPPED,), "API": (), "LMS webhook": ()}
ALL = Counts(submissions=3, graded=3, delivered=3)
GOOD = "demo: submissions=3 graded=3 expected=3 webhooks=3 lost=0"


def grade(way: str, *reasons: str, **changes: Any) -> Grade:
    """The grade that a way of the demo must get, with changes and other diagnoses."""
    wanted = EXPECTED[way]
    given = {"score": wanted.score, "outcome": Outcome(wanted.outcome), "total": wanted.total}
    given |= {"provisional": True} | changes
    found = tuple(Diagnosis(kind="slip", where="b", text=text) for text in reasons)
    first = {"score": given["score"], "max_score": 4.0, "outcome": given["outcome"]}
    check = CheckGrade(id="c", title="Components", evidence="values", diagnoses=found, **first)
    return Grade(
        assignment="autograd/paper-1",
        student="mira",
        attempt=1,
        score=given["total"],
        max_score=8.0,
        provisional=given["provisional"],
        outcome=Outcome.NEEDS_REVIEW,
        questions=(QuestionGrade(id="q1", checks=(check,), **first),),
    )


def results(**changed: Grade | None) -> list[report.Result]:
    """One result for each way; `changed` puts another grade in, or none."""
    grades = {way: grade(way, *REASONS[way]) for way in EXPECTED} | changed
    return [
        report.Result(SimpleNamespace(way=way), SimpleNamespace(grade=one))  # type: ignore[arg-type]
        for way, one in grades.items()
    ]


@pytest.mark.parametrize("way", EXPECTED)
def test_what_must_be_is_no_fault(way: str) -> None:
    assert report.compare(grade(way, *REASONS[way]), EXPECTED[way]) == []


@pytest.mark.parametrize(
    ("changes", "reasons", "says"),
    [
        ({"score": 4.0}, (DROPPED,), "question 1 scored 4.0"),
        ({"score": None}, (DROPPED,), "question 1 scored None"),
        ({"outcome": Outcome.PARTIAL}, (DROPPED,), "question 1 ended partial"),
        ({"outcome": Outcome.SERVICE_ERROR}, (DROPPED,), "question 1 ended service_error"),
        ({"total": 2.5}, (DROPPED,), "the total is 2.5"),
        ({"total": None}, (DROPPED,), "the total is None"),
        ({"provisional": False}, (DROPPED,), "the total is not provisional"),
        ({}, (), "the diagnosis is missing"),
        ({}, ("The sign is wrong.",), "the diagnosis is ['The sign is wrong.']"),
        ({}, ("The sign is wrong.", DROPPED), "the diagnosis is ['The sign is wrong.', "),
    ],
)
def test_each_difference_is_named(changes: dict[str, Any], reasons: Any, says: str) -> None:
    (found,) = report.compare(grade("page", *reasons, **changes), EXPECTED["page"])
    assert says in found


@pytest.mark.parametrize("way", ["API", "LMS webhook"])
def test_where_nothing_is_to_be_explained_an_explanation_is_a_fault(way: str) -> None:
    assert report.compare(grade(way, DROPPED), EXPECTED[way]) == [f"the diagnosis is ['{DROPPED}']"]


def test_the_last_line_of_a_good_demo() -> None:
    assert report.last_line(results(), ALL, 3) == (GOOD, True)


@pytest.mark.parametrize(
    ("changed", "counts", "received", "says"),
    [
        ({"page": grade("page", DROPPED, score=4.0)}, ALL, 3, "expected=2"),
        ({"page": grade("page")}, ALL, 3, "expected=2"),
        ({"page": None}, ALL, 3, "expected=2"),
        ({}, Counts(submissions=4, graded=3, delivered=3), 3, "submissions=4"),
        ({}, Counts(submissions=3, graded=2, delivered=3), 3, "graded=2 expected=3"),
        ({}, Counts(submissions=3, graded=2, delivered=3), 3, "lost=1"),
        ({}, Counts(submissions=3, graded=3, delivered=2), 3, GOOD),
        ({}, ALL, 2, "webhooks=2 lost=1"),
        ({}, ALL, 4, "webhooks=4 lost=0"),
    ],
)
def test_anything_else_is_no_success(
    changed: dict[str, Grade | None], counts: Counts, received: int, says: str
) -> None:
    line, good = report.last_line(results(**changed), counts, received)
    assert says in line
    assert not good
