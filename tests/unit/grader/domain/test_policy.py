"""Dates, late penalties and extensions, as tables of cases."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from grader.domain.errors import Closed, NotOpen
from grader.domain.policy import (
    Extension,
    Late,
    Policy,
    Step,
    late_penalty,
    require_open,
    window,
    with_extension,
)

DUE = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

FULL = Policy(opens_at=DUE - DAY, due_at=DUE, closes_at=DUE + DAY)

WINDOWS = [
    # every date has its edge, and the edge belongs to the student
    (FULL, DUE - DAY - SECOND, "not_open"),
    (FULL, DUE - DAY, "open"),
    (FULL, DUE, "open"),
    (FULL, DUE + SECOND, "late"),
    (FULL, DUE + DAY, "late"),
    (FULL, DUE + DAY + SECOND, "closed"),
    # a date that is not set never comes
    (Policy(), DUE, "open"),
    (Policy(due_at=DUE), DUE + 1000 * DAY, "late"),
    (Policy(closes_at=DUE), DUE - 1000 * DAY, "open"),
]


@pytest.mark.parametrize(("policy", "now", "expected"), WINDOWS)
def test_window(policy, now, expected):
    assert window(policy, now) == expected


def test_refusals_name_the_date():
    with pytest.raises(NotOpen, match="9 November 2026 at 12:00 UTC"):
        require_open(FULL, DUE - 2 * DAY)
    with pytest.raises(Closed, match="11 November 2026"):
        require_open(FULL, DUE + 2 * DAY)
    require_open(FULL, DUE + HOUR)


BY_DAY = Late(per_day=0.1, maximum=0.5)
WITH_GRACE = Late(per_day=0.1, grace_s=3600)
BY_STEP = Late(steps=(Step(after_s=0, penalty=0.05), Step(after_s=7200, penalty=0.4)))

PENALTIES = [
    # in time
    (BY_DAY, -DAY, 0.0),
    (BY_DAY, 0 * SECOND, 0.0),
    # every started day
    (BY_DAY, SECOND, 0.1),
    (BY_DAY, DAY, 0.1),
    (BY_DAY, DAY + SECOND, 0.2),
    (BY_DAY, 5 * DAY, 0.5),
    # never more than the maximum
    (BY_DAY, 50 * DAY, 0.5),
    (Late(per_day=1.0), 3 * DAY, 1.0),
    # within the grace nothing, past it from the due date
    (WITH_GRACE, HOUR, 0.0),
    (WITH_GRACE, HOUR + SECOND, 0.1),
    # steps, in any order: the dearest that was passed
    (BY_STEP, SECOND, 0.05),
    (BY_STEP, 2 * HOUR, 0.05),
    (BY_STEP, 2 * HOUR + SECOND, 0.4),
    (Late(steps=tuple(reversed(BY_STEP.steps))), 3 * HOUR, 0.4),
    # lateness that costs nothing
    (Late(), 9 * DAY, 0.0),
]


@pytest.mark.parametrize(("late", "after", "expected"), PENALTIES)
def test_late_penalty(late, after, expected):
    policy = Policy(due_at=DUE, late=late)
    assert late_penalty(policy, DUE + after) == pytest.approx(expected)


def test_without_a_due_date_nothing_is_late():
    assert late_penalty(Policy(late=BY_DAY), DUE) == 0.0


LIMITED = FULL.model_copy(update={"max_attempts": 3})

EXTENSIONS = [
    # later dates hold, the rest stays
    (Extension(due_at=DUE + HOUR), DUE + HOUR, DUE + DAY, 3),
    (Extension(closes_at=DUE + 2 * DAY), DUE, DUE + 2 * DAY, 3),
    (Extension(extra_attempts=2), DUE, DUE + DAY, 5),
    # an extension takes nothing away
    (Extension(due_at=DUE - DAY, closes_at=DUE), DUE, DUE + DAY, 3),
    # due after the close moves the close along
    (Extension(due_at=DUE + 3 * DAY), DUE + 3 * DAY, DUE + 3 * DAY, 3),
    (None, DUE, DUE + DAY, 3),
]


@pytest.mark.parametrize(("extension", "due", "closes", "attempts"), EXTENSIONS)
def test_extensions(extension, due, closes, attempts):
    changed = with_extension(LIMITED, extension)
    assert (changed.due_at, changed.closes_at, changed.max_attempts) == (due, closes, attempts)


def test_an_extension_invents_no_dates_or_bounds():
    changed = with_extension(Policy(), Extension(due_at=DUE, closes_at=DUE, extra_attempts=4))
    assert changed == Policy()


@pytest.mark.parametrize(
    "values",
    [
        {"opens_at": DUE, "due_at": DUE - DAY},
        {"due_at": DUE, "closes_at": DUE - SECOND},
        {"due_at": datetime(2026, 11, 10)},
        {"late": {"per_day": 0.1, "steps": [{"after_s": 0, "penalty": 0.1}]}},
        {"late": {"per_day": 1.1}},
        {"late": {"maximum": -0.1}},
        {"max_attempts": 0},
        {"cooldown_s": -1},
        {"counts": "average"},
        {"surprise": 1},
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(values):
    with pytest.raises(ValidationError):
        Policy.model_validate(values)


def test_a_policy_survives_json():
    assert Policy.model_validate(FULL.model_dump(mode="json")) == FULL
