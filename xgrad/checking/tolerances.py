"""Every tolerance must lie between what right answers need and what wrong ones keep off."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubrics.findings import Room, Truth, WrongSample
from rubrics.schema import Assignment, Question
from xgrad.checking.found import Found, Lines
from xgrad.checking.rooms import Whole, put_together

if TYPE_CHECKING:
    from workers.judge import JudgePool

PLAIN = "default"
"""ATEN_CPU_CAPABILITY without vector instructions; unset, torch takes the best there are."""

SETTINGS = 3
"""One thread, two threads, and one without vector instructions."""

MOST_VARIANTS = 5
LANES = 2
TIMEOUT_S = 300


@dataclass(frozen=True)
class Part:
    """One question in one variant, measured in every setting."""

    question: str
    variant: int


@dataclass(frozen=True)
class Judges:
    """Judges as students' answers have them, and others without vector instructions."""

    usual: "JudgePool"
    plain: "JudgePool"


Wrong = Sequence[WrongSample]


@contextmanager
def plain_judges() -> Iterator["JudgePool"]:
    """Judges without vector instructions; they start while other checks run."""
    from workers.judge import JudgePool

    pool = JudgePool(max_judges=LANES, capability=PLAIN)
    try:
        yield pool
    finally:
        pool.close()


def parts(assignment: Assignment, which: Sequence[int], answered: Sequence[int]) -> list[Part]:
    """What to measure: of variants those that samples answer, and the first of the others.

    A question without parameters is the same in all of them.
    """
    variants = tuple(dict.fromkeys((*answered[:MOST_VARIANTS], *which)))[:MOST_VARIANTS]
    return [
        Part(one.id, number)
        for one in assignment.questions
        if any(check.kind != "person" for check in one.checks)
        for number in (variants if _drawn(assignment, one) else variants[:1])
    ]


def _drawn(assignment: Assignment, question: Question) -> bool:
    return bool(assignment.parameters or question.parameters)


def measure_all(
    assignment: Assignment,
    which: Sequence[Part],
    wrong: Mapping[int, Wrong],
    judges: Judges,
    step: Callable[[], None],
) -> list[Whole]:
    """Right answers worked out on one thread and two, with the best instructions and with none.

    `wrong` are samples that must not be right, by the variant that they answer; `step` is called
    after each setting. Raises JudgeBroken.
    """

    def one(job: tuple[int, Part]) -> list[tuple[Room, str]]:
        at, part = job
        return _in_every_setting(
            assignment, part, _samples(assignment, part, wrong), judges, at, step
        )

    with ThreadPoolExecutor(LANES) as pool:
        return put_together([room for found in pool.map(one, enumerate(which)) for room in found])


def _samples(assignment: Assignment, part: Part, wrong: Mapping[int, Wrong]) -> Wrong:
    drawn = _drawn(assignment, assignment.question(part.question))
    numbers = [part.variant] if drawn else sorted(wrong)
    return [
        one for number in numbers for one in wrong.get(number, ()) if one.question == part.question
    ]


def _in_every_setting(  # noqa: PLR0917 - what is measured, against what, by whom, and who is told
    assignment: Assignment,
    part: Part,
    samples: Wrong,
    judges: Judges,
    at: int,
    step: Callable[[], None],
) -> list[tuple[Room, str]]:
    """Rooms, and what they were measured with beside what they say themselves."""
    found: list[tuple[Room, str]] = []

    def measured(
        pool: "JudgePool", threads: int, truths: Sequence[Truth] | None, with_: str
    ) -> Sequence[Truth]:
        told = pool.measure(
            assignment.folder,
            assignment.digest,
            part.variant,
            part.question,
            samples if truths is None else (),
            threads,
            truths,
            timeout_s=TIMEOUT_S,
            lane=at % LANES,
        )
        found.extend((room, with_) for room in told.rooms)
        step()
        return told.truths

    truths = measured(judges.usual, 1, None, "")
    measured(judges.usual, 2, truths, "")
    measured(judges.plain, 1, truths, "no vector instructions")
    return found


def outside(assignment: Assignment, measured: Sequence[Whole]) -> Found:
    """The tolerances that fail a right answer or pass a wrong one, and what was measured."""
    lines = Lines(assignment)
    found = Found(rooms=list(measured))
    for one in measured:
        place, part = (one.question, one.check), one.part
        found.faults += [lines.at_check(*place, said, part) for said in one.faults()]
        found.warnings += [lines.at_check(*place, said, part) for said in one.warnings()]
    return found
