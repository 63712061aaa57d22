"""A choice needs no sandbox."""

from rubrics.answers.choice.spec import ChoiceSpec
from rubrics.answers.raw import ParsedAnswer
from rubrics.job import Job


def job(spec: ChoiceSpec, parsed: ParsedAnswer) -> Job | None:  # noqa: ARG001
    """Nothing is to be run."""
    return None
