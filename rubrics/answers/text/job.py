"""Prose needs no sandbox."""

from rubrics.answers.raw import ParsedAnswer
from rubrics.answers.text.spec import TextSpec
from rubrics.job import Job


def job(spec: TextSpec, parsed: ParsedAnswer) -> Job | None:  # noqa: ARG001
    """Nothing is to be run."""
    return None
