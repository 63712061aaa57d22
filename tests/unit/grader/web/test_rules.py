"""The audit log tells an assignment's rules as people would, and nothing that says nothing."""

from datetime import UTC, datetime

import pytest

from grader.domain.policy import Late, Policy, Step
from grader.web.dashboard.rules import in_words

DUE = datetime(2026, 12, 1, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (Policy(), "attempts unlimited, the best attempt counts"),
        (
            Policy(due_at=DUE, max_attempts=1, counts="last"),
            "due 2026-12-01 09:05 UTC, no penalty for late work, 1 attempt, the last",
        ),
        (
            Policy(due_at=DUE, late=Late(per_day=0.25, maximum=0.5), max_attempts=3),
            "late work loses 25 % per started day, 50 % at most, 3 attempts",
        ),
        (
            Policy(due_at=DUE, late=Late(grace_s=600, steps=(Step(after_s=3600, penalty=0.1),))),
            "late work loses 10 % from 1 hour after 10 minutes of grace",
        ),
    ],
)
def test_rules_are_told_in_words(policy: Policy, said: str) -> None:
    assert said in in_words(policy.model_dump(mode="json"))


def test_rules_of_another_version_cost_no_page() -> None:
    assert in_words({"late": {"maximum": 7}}) == ""
