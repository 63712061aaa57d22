"""Run a job with calls to its end, though one of them may take its process down.

What was shipped before stands; the call that broke off and the rest of its group are set down as
ended that way, and the other groups are tried again in a fresh child.
"""

from collections.abc import Callable, Iterable

from rubrics.grade import SandboxUse
from rubrics.job import Call, CallResult, Job, Run

ROUNDS = 6
PATIENCE = 2.0
"""No new round begins when all together have taken so many times what one may take."""


def run_calls(job: Job, run: Callable[[Job], Run]) -> Run:
    """One run from as many as were needed, within `ROUNDS` and `PATIENCE`."""
    rounds = [run(job)]
    found = dict(rounds[0].calls)
    left = list(job.calls)
    while _broke_off(rounds[-1]) and _may_go_on(rounds, job):
        left = [call for call in left if call.name not in found]
        if not left:  # it ended behind the last call
            break
        found |= _ended(_group(left), rounds[-1])
        left = [call for call in left if call.name not in found]
        if not left:
            break
        rounds.append(run(job.model_copy(update={"calls": tuple(left)})))
        found |= rounds[-1].calls
    left = [call for call in left if call.name not in found]
    if _broke_off(rounds[-1]):
        found |= _ended(left, rounds[-1])
    use = use_of(rounds)
    return rounds[0].model_copy(update={"calls": found, "use": use})


def _broke_off(run: Run) -> bool:
    """Whether the process ended within a call: the file had run, and then no report came."""
    return run.calling and run.ended is not None and run.error is None


def _may_go_on(rounds: list[Run], job: Job) -> bool:
    spent_ms = sum(run.use.wall_ms for run in rounds)
    return len(rounds) < ROUNDS and spent_ms < PATIENCE * 1000 * job.limits.wall_s


def _group(left: list[Call]) -> list[Call]:
    """The call that broke off, and those that share its fate."""
    return [call for call in left if call.group == left[0].group]


def _ended(calls: Iterable[Call], run: Run) -> dict[str, CallResult]:
    result = CallResult(ended=run.ended, explanation=run.explanation)
    return {call.name: result for call in calls}


def use_of(runs: Iterable[Run]) -> SandboxUse:
    """What all runs used together: times add up, the peak is the highest, layers stood in each."""
    uses = [run.use for run in runs]
    return SandboxUse(
        layers=_common([use.layers for use in uses if use.layers]),
        wall_ms=sum(use.wall_ms for use in uses),
        cpu_ms=sum(use.cpu_ms for use in uses),
        peak_mb=max((use.peak_mb for use in uses), default=0.0),
    )


def _common(layers: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Those that stood in every run in which something ran."""
    return tuple(sorted(set.intersection(*map(set, layers)))) if layers else ()
