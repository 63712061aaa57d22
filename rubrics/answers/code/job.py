"""What the sandbox must run for code: inputs and names only, never an expected value."""

from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.raw import ParsedAnswer
from rubrics.job import Job


def job(spec: CodeSpec, parsed: ParsedAnswer) -> Job | None:
    """Run the script and ship out the value asked for; or import it, for calls to be added."""
    return Job(
        files=parsed.files,
        entry=spec.entry,
        collect=() if spec.collect is None else (spec.collect,),
        limits=spec.limits,
        as_module=spec.collect is None,
        preload=spec.preload,
        packages=spec.packages,
    )
