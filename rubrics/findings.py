"""What is found out about an assignment before students see it; data, free of torch."""

from pydantic import Field

from rubrics.answers.raw import ParsedAnswer
from rubrics.grade import Frozen
from rubrics.job import Run, TensorValue


class WrongSample(Frozen):
    """A sample's answer to one question that must not be right, and what its code produced.

    `checks` are those by which it is wrong, `seed` is the sample's; `others` are runs that a check
    had to itself, by "check/side", and that of hidden checks.
    """

    name: str
    question: str
    answer: ParsedAnswer
    run: Run | None = None
    checks: tuple[str, ...] = ()
    seed: int = 0
    others: dict[str, Run] = Field(default_factory=dict)


class Finding(Frozen):
    """A defect of one variant; `check` is empty where the whole question is meant.

    `part` leads on from the check to a place within it.
    """

    question: str
    check: str
    message: str
    part: tuple[str | int, ...] = ()


class VariantReport(Frozen):
    """One variant: its defects, and which slips can be told apart, by "question/check"."""

    number: int
    findings: tuple[Finding, ...]
    slips: dict[str, tuple[str, ...]]


FAR = 1e12
"""The distance of what no tolerance lets pass: another shape, a word, no number at all."""


class Scale(Frozen):
    """What a tolerance of these proportions would have to be multiplied by.

    More than `needs` for every right answer to pass, less than `keeps` for no wrong one to.
    """

    rtol: float
    atol: float
    needs: float
    keeps: float | None = None


class Room(Frozen):
    """Of one check and kind of answer: what right answers need, and what wrong ones keep off.

    All in units of the tolerance: `used` 0.3 means that right answers lie within 0.3 of it
    (`how` they were worked out), `nearest` 40 that the nearest known wrong answer (`wrong`) is 40
    times as far off as is allowed. `error` and `allowed` are absolute, at the worst component,
    whose right value is `value`, in the case `where`; `said` tells of a right answer that is of
    another kind or shape. `tolerance` says in words what is allowed; with `exact` that is nothing.
    `loose` says where a default is much wider than the value. `partly`: time did not allow all
    orders of sums.
    """

    question: str
    check: str
    kind: str
    tolerance: str
    used: float
    how: str
    error: float
    allowed: float
    value: float
    where: str = ""
    said: str = ""
    nearest: float | None = None
    wrong: str = ""
    loose: str = ""
    exact: bool = False
    partly: bool = False
    scales: tuple[Scale, ...] = ()


class Truth(Frozen):
    """What one judge found right for a check ("question/check/kind"), for another to be held to."""

    place: str
    numbers: tuple[TensorValue, ...]


class Measured(Frozen):
    """All rooms of one question in one variant, and what they were measured against."""

    rooms: tuple[Room, ...]
    truths: tuple[Truth, ...] = ()
