"""Typed numbers need no sandbox."""

from rubrics.answers.raw import ParsedAnswer
from rubrics.answers.tensor.spec import TensorSpec
from rubrics.job import Job


def job(spec: TensorSpec, parsed: ParsedAnswer) -> Job | None:  # noqa: ARG001
    """Nothing is to be run."""
    return None
