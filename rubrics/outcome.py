"""How a check, a question or a submission ended, and so whose fault it was."""

from collections.abc import Iterable
from enum import StrEnum


class Outcome(StrEnum):
    """One of the sixteen endings; the value is what the API and the database carry."""

    CORRECT = "correct"
    PARTIAL = "partial"
    WRONG = "wrong"
    MALFORMED = "malformed"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    OUTPUT_LIMIT = "output_limit"
    FILE_LIMIT = "file_limit"
    PROCESS_LIMIT = "process_limit"
    THREAD_LIMIT = "thread_limit"
    FORBIDDEN = "forbidden"
    NEEDS_REVIEW = "needs_review"
    RUBRIC_ERROR = "rubric_error"
    SERVICE_ERROR = "service_error"
    SKIPPED = "skipped"


OUR_FAULT = frozenset({Outcome.RUBRIC_ERROR, Outcome.SERVICE_ERROR})
"""Never a zero: the score stays null until staff or a retry has mended it."""

UNSCORED = OUR_FAULT | {Outcome.NEEDS_REVIEW}
"""Outcomes whose score is null, which makes every total above them provisional."""

STUDENT_CODE = frozenset(
    {
        Outcome.CRASHED,
        Outcome.TIMED_OUT,
        Outcome.OUT_OF_MEMORY,
        Outcome.OUTPUT_LIMIT,
        Outcome.FILE_LIMIT,
        Outcome.PROCESS_LIMIT,
        Outcome.THREAD_LIMIT,
        Outcome.FORBIDDEN,
    }
)
"""The student's code ended this way; it earns nothing, and says why."""

COSTS_NO_ATTEMPT = OUR_FAULT | {Outcome.MALFORMED}

_OPEN = (Outcome.SERVICE_ERROR, Outcome.RUBRIC_ERROR, Outcome.NEEDS_REVIEW)

_EARNING = frozenset({Outcome.CORRECT, Outcome.PARTIAL})

_LOUDEST = (
    Outcome.FORBIDDEN,
    Outcome.OUT_OF_MEMORY,
    Outcome.TIMED_OUT,
    Outcome.PROCESS_LIMIT,
    Outcome.THREAD_LIMIT,
    Outcome.FILE_LIMIT,
    Outcome.OUTPUT_LIMIT,
    Outcome.CRASHED,
    Outcome.MALFORMED,
)


def combine(parts: Iterable[Outcome]) -> Outcome:
    """The outcome of a whole from those of its parts (checks of a question, questions of a grade).

    What is open speaks first. A whole of which some part earned something is `partial`, however
    the others ended: one function that crashed is not all of the work. Where nothing was earned the
    loudest ending speaks; an empty whole is `skipped`.
    """
    seen = set(parts)
    waiting = next((one for one in _OPEN if one in seen), None)
    if waiting is not None:
        return waiting
    if not seen - {Outcome.SKIPPED}:
        return Outcome.SKIPPED
    if seen & _EARNING:
        return seen.pop() if len(seen) == 1 else Outcome.PARTIAL
    return next((one for one in _LOUDEST if one in seen), Outcome.WRONG)
