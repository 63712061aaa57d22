"""What is found out about an assignment before students see it; data, free of torch."""

from rubrics.answers.raw import ParsedAnswer
from rubrics.grade import Frozen
from rubrics.job import Run


class WrongSample(Frozen):
    """A sample's answer to one question that must not be right, and what its code produced."""

    name: str
    question: str
    answer: ParsedAnswer
    run: Run | None = None


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


class Room(Frozen):
    """Of one check and kind of answer: what right answers need, and what wrong ones keep off.

    All in units of the tolerance: `used` 0.3 means that right answers lie within 0.3 of it
    (`how` they were worked out), `nearest` 40 that the nearest known wrong answer (`wrong`) is 40
    times as far off as is allowed. `error` and `allowed` are absolute, at the worst component,
    whose right value is `value`. `loose` says where a default is much wider than the value.
    """

    question: str
    check: str
    kind: str
    used: float
    how: str
    error: float
    allowed: float
    value: float
    nearest: float | None = None
    wrong: str = ""
    loose: str = ""
