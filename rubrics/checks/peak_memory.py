"""All calls together need little memory, measured from outside."""

from rubrics.answers.code.ended import explain_end
from rubrics.checks.calls import record_calls
from rubrics.checks.case import Case
from rubrics.checks.held import held, wrong_in
from rubrics.checks.hidden import Author
from rubrics.checks.over_cases import Ended, grade, result_of
from rubrics.code_check_specs import PeakMemoryCheck
from rubrics.grade import CheckGrade
from rubrics.job import Job, Run
from rubrics.outcome import Outcome

STUDENT = "student"
UNMEASURED = "Memory cannot be measured on the machine that ran this: staff will see to it."


def peak_memory(spec: PeakMemoryCheck, case: Case) -> CheckGrade:
    """The most that the whole child held above what it held before it read the file."""
    try:
        used = _run(spec, case).use.peak_mb
    except Ended as end:
        ended = grade(spec, case, share=0.0, said=end.said, outcome=end.outcome)
        return held(spec, case, ended)
    little = used <= spec.limit_mb
    said = f"At its peak it needs {'at most' if little else 'more than'} {spec.limit_mb:g} MB."
    return held(spec, case, grade(spec, case, share=float(little), said=said))


def jobs_of_peak_memory(spec: PeakMemoryCheck, job: Job, author: Author) -> dict[str, Job]:  # noqa: ARG001
    """The student's file alone with this check's calls."""
    return {STUDENT: job.model_copy(update={"gives_back": True})}


def _run(spec: PeakMemoryCheck, case: Case) -> Run:
    run = case.others.get(f"{spec.id}/{STUDENT}")
    if run is None:
        raise Ended("Its memory was not measured: this is our fault.", Outcome.SERVICE_ERROR)
    if run.ended is not None:
        raise Ended(explain_end(run, case.parsed), run.ended)
    for one in case.recorded(spec, record_calls(spec, case.author)):
        result = result_of(case, one, run)
        if "value" not in result.values:
            raise Ended("A call did not return, so its memory says nothing.", Outcome.CRASHED)
        if said := wrong_in(spec, case, one, result, "value"):
            raise Ended(said)
    if not run.use.peak_mb:
        raise Ended(UNMEASURED, Outcome.SERVICE_ERROR)
    return run
