"""An assignment's dates, late penalty and attempts, and what they mean for one person."""

import math
from datetime import datetime, timedelta
from typing import Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from grader.domain.errors import Closed, NotOpen
from rubrics.grade import Frozen

Window = Literal["not_open", "open", "late", "closed"]

DAY_S = 86_400


class Step(Frozen):
    """From `after_s` seconds past the due date on, `penalty` (a share, 0 to 1) is taken off."""

    after_s: int = Field(ge=0)
    penalty: float = Field(ge=0, le=1)


class Late(Frozen):
    """What lateness costs, as shares of the score: so much per started day, or by steps.

    Nothing is taken within `grace_s`; past it, lateness counts from the due date. `maximum`
    bounds what is taken.
    """

    grace_s: int = Field(default=0, ge=0)
    per_day: float = Field(default=0.0, ge=0, le=1)
    steps: tuple[Step, ...] = ()
    maximum: float = Field(default=1.0, ge=0, le=1)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.per_day and self.steps:
            raise ValueError("a late penalty goes by day or by steps, not both")
        return self


class Policy(Frozen):
    """The rules of one assignment in one course. A date that is None never comes."""

    opens_at: AwareDatetime | None = None
    due_at: AwareDatetime | None = None
    closes_at: AwareDatetime | None = None
    late: Late = Late()
    max_attempts: int | None = Field(default=None, ge=1)
    cooldown_s: int = Field(default=0, ge=0)
    counts: Literal["best", "last"] = "best"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        dates = [one for one in (self.opens_at, self.due_at, self.closes_at) if one is not None]
        if dates != sorted(dates):
            raise ValueError("the dates must come in the order opens, due, closes")
        return self


class Extension(Frozen):
    """One person's later dates and extra attempts."""

    due_at: AwareDatetime | None = None
    closes_at: AwareDatetime | None = None
    extra_attempts: int = Field(default=0, ge=0)


def with_extension(policy: Policy, extension: Extension | None) -> Policy:
    """The policy as it holds for a person; an extension never takes anything away."""
    if extension is None:
        return policy
    due = _later(policy.due_at, extension.due_at)
    closes = _later(policy.closes_at, extension.closes_at)
    if due is not None and closes is not None:
        closes = max(due, closes)
    attempts = policy.max_attempts
    if attempts is not None:
        attempts += extension.extra_attempts
    changed = {"due_at": due, "closes_at": closes, "max_attempts": attempts}
    return policy.model_copy(update=changed)


def window(policy: Policy, now: datetime) -> Window:
    """Whether the assignment takes submissions now. At the due date itself one is in time."""
    if policy.opens_at is not None and now < policy.opens_at:
        return "not_open"
    if policy.closes_at is not None and now > policy.closes_at:
        return "closed"
    if policy.due_at is not None and now > policy.due_at:
        return "late"
    return "open"


def require_open(policy: Policy, now: datetime) -> None:
    """Raises `NotOpen` or `Closed` outside the window."""
    state = window(policy, now)
    if state == "not_open":
        raise NotOpen(f"This assignment opens on {_date(policy.opens_at)}.")
    if state == "closed":
        raise Closed(
            f"This assignment closed on {_date(policy.closes_at)}. "
            "Ask your instructor if you have an extension."
        )


def late_penalty(policy: Policy, submitted_at: datetime) -> float:
    """The share (0 to 1) that lateness takes off a score."""
    if policy.due_at is None:
        return 0.0
    lateness = (submitted_at - policy.due_at) / timedelta(seconds=1)
    if lateness <= policy.late.grace_s:
        return 0.0
    by_day = policy.late.per_day * math.ceil(lateness / DAY_S)
    by_step = max((s.penalty for s in policy.late.steps if lateness > s.after_s), default=0.0)
    return min(by_day + by_step, policy.late.maximum)


def _later(first: datetime | None, second: datetime | None) -> datetime | None:
    """The later of a policy's date (None: never comes) and an extension's (None: unchanged)."""
    if first is None or second is None:
        return first
    return max(first, second)


def _date(moment: datetime | None) -> str:
    return "" if moment is None else moment.strftime("%-d %B %Y at %H:%M UTC")
