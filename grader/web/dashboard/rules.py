"""An assignment's dates, late penalty and attempts in words, as the audit log tells them."""

from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

from pydantic import ValidationError

from grader.domain.policy import Late, Policy
from grader.web import words


def in_words(stored: Mapping[str, Any]) -> str:
    """The stored policy in one sentence; nothing for one that this version cannot read."""
    try:
        policy = Policy.model_validate(stored)
    except ValidationError:
        return ""
    return ", ".join(_parts(policy))


def _parts(policy: Policy) -> Iterator[str]:
    dates = {"opens": policy.opens_at, "due": policy.due_at, "closes": policy.closes_at}
    for name, at in dates.items():
        if at is not None:
            yield f"{name} {at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if policy.due_at is not None:
        yield _late(policy.late)
    most = policy.max_attempts
    yield "attempts unlimited" if most is None else f"{most} attempt{'' if most == 1 else 's'}"
    if policy.cooldown_s:
        yield f"{words.duration(policy.cooldown_s)} between attempts"
    yield f"the {policy.counts} attempt counts"


def _late(late: Late) -> str:
    grace = f" after {words.duration(late.grace_s)} of grace" if late.grace_s else ""
    if late.per_day:
        taken = f"{words.percent(late.per_day)} per started day"
    elif late.steps:
        steps = (
            f"{words.percent(one.penalty)} from {words.duration(one.after_s)}" for one in late.steps
        )
        taken = " and ".join(steps)
    else:
        return "no penalty for late work"
    bound = f", {words.percent(late.maximum)} at most" if late.maximum < 1 else ""
    return f"late work loses {taken}{grace}{bound}"
