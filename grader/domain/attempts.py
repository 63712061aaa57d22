"""Attempts: which cost one, whether another is allowed, and which one counts."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from grader.domain.errors import AttemptsSpent, CoolingDown
from grader.domain.policy import Policy
from rubrics.outcome import COSTS_NO_ATTEMPT, Outcome


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier submission; `score` is what is known of it so far, None while nothing is."""

    attempt: int
    submitted_at: datetime
    costs: bool
    score: float | None


AnyPast = TypeVar("AnyPast", bound=Past)


def costs_attempt(endings: Iterable[Outcome]) -> bool:
    """Whether a graded submission costs an attempt, from how each check of an answer ended.

    It is free only if nothing in it was judged: else one malformed answer added on purpose would
    buy free verdicts on all the others. What waits for a person costs one, but not beside something
    that could not be read: until the person has decided, the student may mend it at no cost.
    """
    seen = set(endings) - {Outcome.SKIPPED}
    unreadable = seen & COSTS_NO_ATTEMPT
    judged = seen - COSTS_NO_ATTEMPT
    return bool(judged - {Outcome.NEEDS_REVIEW} if unreadable else judged)


def used(past: Iterable[Past]) -> int:
    """How many attempts are used. One that still waits counts."""
    return sum(one.costs for one in past)


def left(policy: Policy, past: Iterable[Past]) -> int | None:
    """How many attempts remain; None where there is no bound."""
    if policy.max_attempts is None:
        return None
    return max(0, policy.max_attempts - used(past))


def retry_at(policy: Policy, past: Iterable[Past]) -> datetime | None:
    """When the cool-down after the last attempt that cost one ends."""
    moments = [one.submitted_at for one in past if one.costs]
    if not moments or not policy.cooldown_s:
        return None
    return max(moments) + timedelta(seconds=policy.cooldown_s)


def require_attempt(policy: Policy, past: Sequence[Past], now: datetime) -> None:
    """Raises `AttemptsSpent` or `CoolingDown` if another attempt is not allowed now."""
    if left(policy, past) == 0:
        raise AttemptsSpent(f"All {policy.max_attempts} attempts are used.")
    again = retry_at(policy, past)
    if again is not None and now < again:
        raise CoolingDown(f"Wait {span(again - now)} before the next attempt.", again)


_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def span(wait: timedelta) -> str:
    """A wait in words, rounded up: `45 seconds`, `2 minutes 5 seconds`, `1 day 3 hours`."""
    seconds = max(1, math.ceil(wait.total_seconds()))
    first = next(place for place, (size, _) in enumerate(_UNITS) if seconds >= size)
    finest = _UNITS[min(first + 1, len(_UNITS) - 1)][0]
    left_over, words = math.ceil(seconds / finest) * finest, []
    for size, unit in _UNITS:
        amount, left_over = divmod(left_over, size)
        words += [f"{amount} {unit}{'' if amount == 1 else 's'}"] if amount else []
    return " ".join(words)


def counting(policy: Policy, past: Sequence[AnyPast]) -> AnyPast | None:
    """The attempt that counts: the best (the earliest of equals) or the last.

    Attempts that cost nothing count only where there is no other. Under `best` one that waits
    stands by what is known of it so far.
    """
    candidates = [one for one in past if one.costs] or list(past)
    if not candidates:
        return None
    by_attempt = sorted(candidates, key=lambda one: one.attempt)
    scored = [one for one in by_attempt if one.score is not None]
    if policy.counts == "last" or not scored:
        return by_attempt[-1]
    return max(scored, key=lambda one: one.score or 0.0)
