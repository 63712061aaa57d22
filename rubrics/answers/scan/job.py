"""A scan is not opened by anything of ours: a person downloads it."""

from rubrics.answers.raw import ParsedAnswer
from rubrics.answers.scan.spec import ScanSpec
from rubrics.job import Job


def job(spec: ScanSpec, parsed: ParsedAnswer) -> Job | None:  # noqa: ARG001
    """Nothing is to be run."""
    return None
