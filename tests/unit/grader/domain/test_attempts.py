"""Attempts and cool-down, and which one counts, as tables of cases."""

from datetime import UTC, datetime, timedelta

import pytest

from grader.domain.attempts import (
    Past,
    costs_attempt,
    counting,
    left,
    require_attempt,
    retry_at,
    span,
    used,
)
from grader.domain.errors import AttemptsSpent, CoolingDown
from grader.domain.policy import Policy
from rubrics.outcome import Outcome

START = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def past(*marks):
    """Attempts from scores; "free" costs nothing, "waits" has no grade yet."""
    return [
        Past(
            attempt=number,
            submitted_at=START + timedelta(minutes=number),
            costs=mark != "free",
            score=mark if isinstance(mark, float) else None,
        )
        for number, mark in enumerate(marks, start=1)
    ]


COSTS = [
    # whatever was judged costs, right or wrong
    ([Outcome.CORRECT], True),
    ([Outcome.WRONG], True),
    ([Outcome.CRASHED], True),
    ([Outcome.TIMED_OUT], True),
    ([Outcome.NEEDS_REVIEW], True),
    # unreadable, or our own fault: free
    ([Outcome.MALFORMED], False),
    ([Outcome.SERVICE_ERROR], False),
    ([Outcome.RUBRIC_ERROR], False),
    ([Outcome.MALFORMED, Outcome.SERVICE_ERROR], False),
    ([Outcome.MALFORMED, Outcome.SKIPPED], False),
    ([], False),
    # beside an essay that nobody has read yet, a script that cannot be read stays free
    ([Outcome.MALFORMED, Outcome.NEEDS_REVIEW], False),
    ([Outcome.SERVICE_ERROR, Outcome.NEEDS_REVIEW], False),
    ([Outcome.MALFORMED, Outcome.NEEDS_REVIEW, Outcome.CORRECT], True),
    # one malformed answer added on purpose buys no free verdict on the others
    ([Outcome.MALFORMED, Outcome.WRONG], True),
    ([Outcome.RUBRIC_ERROR, Outcome.CORRECT], True),
]


@pytest.mark.parametrize(("outcomes", "expected"), COSTS)
def test_what_costs_an_attempt(outcomes, expected):
    assert costs_attempt(outcomes) is expected


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 second"),
        (45, "45 seconds"),
        (60, "1 minute"),
        (61, "1 minute 1 second"),
        (3599.5, "1 hour"),
        (3601, "1 hour 1 minute"),
        (5400, "1 hour 30 minutes"),
        (86_400, "1 day"),
        (86_399, "1 day"),
        (100_000, "1 day 4 hours"),
        (172_800, "2 days"),
    ],
)
def test_a_wait_is_said_in_units_that_people_use(seconds, words):
    assert span(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("marks", "bound", "expected"),
    [
        ([], 2, 2),
        ([1.0], 2, 1),
        (["waits"], 2, 1),
        (["free"], 2, 2),
        (["free", "waits", 0.0], 2, 0),
        ([1.0, 1.0, 1.0], 2, 0),
        ([1.0, 1.0, 1.0], None, None),
    ],
)
def test_attempts_left(marks, bound, expected):
    assert left(Policy(max_attempts=bound), past(*marks)) == expected


def test_used_counts_those_that_wait():
    assert used(past("waits", "free", 3.0)) == 2


@pytest.mark.parametrize(
    ("marks", "minutes"),
    [
        ([], None),
        (["free"], None),
        ([0.0], 1 + 10),
        (["waits"], 1 + 10),
        ([0.0, 1.0], 2 + 10),
        ([0.0, "free"], 1 + 10),
    ],
)
def test_cool_down_runs_from_the_last_attempt_that_cost(marks, minutes):
    expected = None if minutes is None else START + timedelta(minutes=minutes)
    assert retry_at(Policy(cooldown_s=600), past(*marks)) == expected


def test_no_cool_down_no_wait():
    assert retry_at(Policy(), past(1.0)) is None


def test_a_spent_attempt_is_refused_first_then_the_wait():
    policy = Policy(max_attempts=1, cooldown_s=600)
    with pytest.raises(AttemptsSpent):
        require_attempt(policy, past(0.0), START)
    policy = Policy(max_attempts=2, cooldown_s=600)
    with pytest.raises(CoolingDown, match="Wait 1 minute before") as refusal:
        require_attempt(policy, past(0.0), START + timedelta(minutes=10))
    assert refusal.value.retry_at == START + timedelta(minutes=11)
    require_attempt(policy, past(0.0), START + timedelta(minutes=11))


COUNTING = [
    # best: the highest, the earliest of equals
    ("best", [1.0, 3.0, 2.0], 2),
    ("best", [3.0, 3.0], 1),
    ("best", [0.0], 1),
    # one that waits gives way to any that is known, even to a zero
    ("best", [0.0, "waits"], 1),
    ("best", ["waits", "waits"], 2),
    # free ones count only alone
    ("best", ["free", 0.0, "free"], 2),
    ("best", ["free", "free"], 2),
    ("best", [], None),
    # last: whatever it is worth
    ("last", [3.0, 1.0], 2),
    ("last", [3.0, "waits"], 2),
    ("last", [3.0, "free"], 1),
    ("last", [], None),
]


@pytest.mark.parametrize(("rule", "marks", "expected"), COUNTING)
def test_which_attempt_counts(rule, marks, expected):
    found = counting(Policy(counts=rule), past(*marks))
    assert (found.attempt if found else None) == expected


def test_the_order_of_rows_does_not_matter():
    assert counting(Policy(), list(reversed(past(3.0, 3.0)))).attempt == 1
