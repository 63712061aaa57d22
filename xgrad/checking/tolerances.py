"""Every tolerance must lie between what right answers need and what wrong ones keep off."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubrics.findings import Room, WrongSample
from rubrics.schema import Assignment
from xgrad.checking.found import Found, Lines

if TYPE_CHECKING:
    from workers.judge import JudgePool

THREADS = (1, 2)
PLAIN = "default"
"""ATEN_CPU_CAPABILITY without vector instructions; unset, torch takes the best there are."""

RUNS = len(THREADS) + 1
MOST_VARIANTS = 5


@dataclass(frozen=True)
class Measured:
    """A room, and what it was measured with beside what it says itself."""

    room: Room
    variant: int
    capability: str


Wrong = Mapping[int, Sequence[WrongSample]]
"""Samples that must not be right, by the variant that they answer."""


def measured_in(which: Sequence[int], answered: Sequence[int]) -> tuple[int, ...]:
    """The variants to measure in: those that samples answer, and the first of the others."""
    return tuple(dict.fromkeys((*answered[:MOST_VARIANTS], *which)))[:MOST_VARIANTS]


@contextmanager
def plain_judges() -> Iterator["JudgePool"]:
    """Judges without vector instructions; they start while other checks run."""
    from workers.judge import JudgePool

    pool = JudgePool(max_judges=1, capability=PLAIN)
    try:
        yield pool
    finally:
        pool.close()


def measure_all(  # noqa: PLR0917 - what is measured, against what, and by whom
    assignment: Assignment,
    which: Sequence[int],
    wrong: Wrong,
    judges: "JudgePool",
    plain: "JudgePool",
    step: Callable[[], None],
) -> list[Measured]:
    """Right answers worked out on one thread and two, with the best instructions and with none."""
    found: list[Measured] = []

    def one(pool: "JudgePool", number: int, threads: int, capability: str) -> None:
        mine = wrong.get(number, ())
        rooms = pool.measure(
            assignment.folder, assignment.digest, number, mine, threads, timeout_s=300
        )
        found.extend(Measured(room, number, capability) for room in rooms)
        step()

    for number in which:
        for threads in THREADS:
            one(judges, number, threads, "")
        one(plain, number, 1, "no vector instructions")
    return found


def outside(assignment: Assignment, measured: Sequence[Measured]) -> Found:
    """The tolerances that fail a right answer or pass a wrong one, and a note on each other."""
    found, lines = Found(), Lines(assignment)
    for question, check, kind in dict.fromkeys(_place(one.room) for one in measured):
        mine = [one for one in measured if _place(one.room) == (question, check, kind)]
        tight = max(mine, key=lambda one: one.room.used)
        near = min(mine, key=_distance)
        if tight.room.used > 1:
            found.faults.append(lines.at_check(question, check, _too_tight(tight), "tolerance"))
        if _distance(near) <= 1:
            found.faults.append(lines.at_check(question, check, _too_wide(near), "tolerance"))
        for loose in list(dict.fromkeys(one.room.loose for one in mine if one.room.loose))[:1]:
            said = f"{question} ({kind}): {loose}"
            found.warnings.append(lines.at_check(question, check, said, "tolerance"))
        found.notes.append(_note(tight, near))
    return found


def _place(room: Room) -> tuple[str, str, str]:
    return room.question, room.check, room.kind


def _distance(one: Measured) -> float:
    return float("inf") if one.room.nearest is None else one.room.nearest


def _too_tight(one: Measured) -> str:
    room, with_ = one.room, f", {one.capability}" if one.capability else ""
    return (
        f"{room.question} ({room.kind}): the tolerance fails a right answer: {room.how}{with_} is "
        f"{room.error:.2g} off {room.value:.6g}, where {room.allowed:.2g} is allowed"
    )


def _too_wide(one: Measured) -> str:
    room = one.room
    return (
        f"{room.question} ({room.kind}): the tolerance passes a wrong answer, {room.wrong}: it is "
        f"off by {room.nearest:.2g} of what is allowed (at {room.value:.6g}: {room.allowed:.2g})"
    )


def _note(tight: Measured, near: Measured) -> str:
    room = tight.room
    wrong = near.room
    beyond = "no wrong answer known" if wrong.nearest is None else f"wrong ≥ {wrong.nearest:.3g}"
    return f"{room.question}/{room.check} ({room.kind}): right ≤ {room.used:.2g}, {beyond}"
