"""A typed number needs no sandbox."""

from rubrics.answers.number.spec import NumberSpec
from rubrics.answers.raw import ParsedAnswer
from rubrics.job import Job


def job(spec: NumberSpec, parsed: ParsedAnswer) -> Job | None:  # noqa: ARG001
    """Nothing is to be run."""
    return None
