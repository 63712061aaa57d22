"""What the sandbox must run for a script: inputs and names only, never an expected value."""

from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.raw import ParsedAnswer
from rubrics.job import Job


def job(spec: CodeSpec, parsed: ParsedAnswer) -> Job | None:
    """Run the script and ship out the value that the question asks for."""
    return Job(files=parsed.files, entry=spec.entry, collect=(spec.collect,), limits=spec.limits)
