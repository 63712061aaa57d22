"""How a check, a question or a submission ended, and so whose fault it was."""

from collections.abc import Iterable
from enum import StrEnum


class Outcome(StrEnum):
    """One of the thirteen endings; the value is what the API and the database carry."""

    CORRECT = "correct"
    PARTIAL = "partial"
    WRONG = "wrong"
    MALFORMED = "malformed"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    OUTPUT_LIMIT = "output_limit"
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
        Outcome.FORBIDDEN,
    }
)
"""The student's code ended this way; it earns nothing, and says why."""

COSTS_NO_ATTEMPT = OUR_FAULT | {Outcome.MALFORMED}

_LOUDEST = (
    Outcome.SERVICE_ERROR,
    Outcome.RUBRIC_ERROR,
    Outcome.NEEDS_REVIEW,
    Outcome.FORBIDDEN,
    Outcome.OUT_OF_MEMORY,
    Outcome.TIMED_OUT,
    Outcome.OUTPUT_LIMIT,
    Outcome.CRASHED,
    Outcome.MALFORMED,
)


def combine(parts: Iterable[Outcome]) -> Outcome:
    """The outcome of a whole from those of its parts (checks of a question, questions of a grade).

    The loudest of the endings that are neither right nor wrong speaks for the whole; an empty
    whole is `skipped`.
    """
    seen = set(parts)
    loud = next((one for one in _LOUDEST if one in seen), None)
    if loud is not None:
        return loud
    judged = seen - {Outcome.SKIPPED}
    if not judged:
        return Outcome.SKIPPED
    if len(seen) == 1:
        return seen.pop()
    return Outcome.PARTIAL if judged & {Outcome.CORRECT, Outcome.PARTIAL} else Outcome.WRONG
