"""The function is faster than the author's own, by a ratio, both timed from outside."""

from rubrics.answers.code.ended import explain_end, stopped_with
from rubrics.checks.calls import record_calls
from rubrics.checks.case import Case
from rubrics.checks.close import Rules
from rubrics.checks.hidden import Author, Recorded
from rubrics.checks.matching import match
from rubrics.checks.over_cases import Ended, grade, result_of, shipped
from rubrics.code_check_specs import FasterThanCheck
from rubrics.grade import CheckGrade
from rubrics.job import Job, Run
from rubrics.outcome import Outcome
from rubrics.reference.gradient import AuthorError

STUDENT, AUTHOR = "student", "author"
PATIENCE = 2


def faster_than(spec: FasterThanCheck, case: Case) -> CheckGrade:
    """Processor time of two whole children, each given the same cases. Raises AuthorError.

    Nothing is taken off for starting up, so the ratio can only be too low: choose cases on which
    the slow function takes about half a second.
    """
    recorded = case.recorded(spec, record_calls(spec, case.author))
    try:
        mine = _run(case, spec, STUDENT)
        _right(spec, case, recorded, mine)
    except Ended as end:
        return grade(spec, case, share=0.0, said=end.said, outcome=end.outcome)
    slow = _run(case, spec, AUTHOR)
    unfinished = [one for one in slow.calls.values() if one.error or one.ended or one.missing]
    if slow.ended is not None or unfinished:
        raise AuthorError(f"`{spec.against}` did not run to its end: {slow.explanation}")
    ratio = slow.use.cpu_ms / max(mine.use.cpu_ms, 1e-3)
    enough = ratio >= spec.times
    # No number that was measured is told: the same code gets the same words each time.
    said = (
        f"It is {'at least' if enough else 'less than'} {spec.times:g} times as fast as the loop."
    )
    return grade(spec, case, share=float(enough), said=said)


def jobs_of_faster_than(spec: FasterThanCheck, job: Job, author: Author) -> dict[str, Job]:
    """The student's file, and the author's slow one in its place, with the same calls.

    Neither may start a process or thread: what a forked one computes is not in the child's own
    time. Raises AuthorError.
    """
    slow = author.sibling(spec.against)
    # Processor time is what is compared: on a busy machine neither side may be cut off by a clock.
    patience_s = min(3600, PATIENCE * job.limits.wall_s)
    changed = {"processes": 1, "threads": 1, "call_s": patience_s, "wall_s": patience_s}
    job = job.model_copy(update={"limits": job.limits.model_copy(update=changed)})
    return {
        STUDENT: job,
        AUTHOR: job.model_copy(
            update={"files": job.files | {spec.against: slow}, "entry": spec.against}
        ),
    }


def _run(case: Case, spec: FasterThanCheck, side: str) -> Run:
    run = case.others.get(f"{spec.id}/{side}")
    if run is None:
        raise Ended("The function was not timed: this is our fault.", Outcome.SERVICE_ERROR)
    return run


def _right(spec: FasterThanCheck, case: Case, recorded: tuple[Recorded, ...], run: Run) -> None:
    """A wrong answer is quickly given: raise Ended unless all results are right."""
    if run.ended is not None:
        raise Ended(explain_end(run, case.parsed), run.ended)
    rules = Rules(False, spec.tolerance, spec.allow_nonfinite)
    for one in recorded:
        result = result_of(case, one, run)
        if result.ended is not None:
            raise Ended(result.explanation, result.ended)
        if result.error is not None:
            raise Ended(stopped_with(result.error, case.parsed), Outcome.CRASHED)
        true = case.author.expected(one, spec.names)
        given = shipped(result, "value") if "value" in result.values else None
        found = match("the result", given, true.plain["value"], true.exact["value"], rules)
        if found.share < 1:
            raise Ended("Its results are not right, so its speed says nothing.")
