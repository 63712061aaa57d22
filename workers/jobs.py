"""Run all jobs of an answer, and no more of them than its first runs deserve.

A question has several jobs where it has hidden checks, or checks that are measured alone. All begin
with the same file: one that never comes to its calls is not run again for the others, and what runs
with trouble took is counted for all together, or a file that sleeps would hold a slot once a job.
"""

from collections.abc import Callable, Iterable, Mapping

from rubrics.grade import SandboxUse
from rubrics.job import Job, Run
from rubrics.outcome import OUR_FAULT, Outcome
from workers.calls import PATIENCE

UNTRIED = "It was not tried: the runs before it took all the time there is for this question."


def run_all(jobs: Mapping[str, Job], run: Callable[[Job], Run]) -> dict[str, Run]:
    """The runs by the jobs' names, each the question's id or begins with it and a slash."""
    questions: dict[str, dict[str, Job]] = {}
    for name, job in jobs.items():
        questions.setdefault(name.partition("/")[0], {})[name] = job
    found: dict[str, Run] = {}
    for mine in questions.values():
        found |= _of_question(mine, run)
    return found


def _of_question(jobs: Mapping[str, Job], run: Callable[[Job], Run]) -> dict[str, Run]:
    """What is timed has more of the clock, so it comes last.

    An author's file is run beside a student's that was, and left out beside one that was not.
    """
    own = next(iter(jobs.values()))
    found: dict[str, Run] = {}
    instead: Run | None = None
    for name in sorted(jobs, key=lambda name: jobs[name].limits.wall_s):
        job = jobs[name]
        if job.entry != own.entry:
            if next(reversed(found.values())) is not instead:
                found[name] = run(job)
        elif instead is not None:
            found[name] = instead
        else:
            found[name] = run(job)
            instead = _instead(found[name], job, found.values(), PATIENCE * own.limits.wall_s)
    return found


def _instead(last: Run, job: Job, runs: Iterable[Run], budget_s: float) -> Run | None:
    """What stands for the runs that are left, if there are to be none."""
    if _never_began(last, job):
        return last.model_copy(update={"use": SandboxUse()})
    if sum(one.use.wall_ms for one in runs if _in_trouble(one)) >= 1000 * budget_s:
        return Run(ended=Outcome.TIMED_OUT, explanation=UNTRIED)
    return None


def _never_began(run: Run, job: Job) -> bool:
    """Whether the file never ran to its end, so that nothing could be called.

    Behind an exception there are calls, of what the file had defined by then; without calls it is
    not known whether there would have been.
    """
    ended = run.ended is not None and run.ended not in OUR_FAULT
    return ended and not run.calling and (bool(job.calls) or run.error is None)


def _in_trouble(run: Run) -> bool:
    return run.ended is not None or any(one.ended is not None for one in run.calls.values())
