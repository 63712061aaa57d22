"""Run a job with calls to its end, though some of them may take long or take their process down.

What was shipped before stands; the call that broke off and the rest of its group are set down as
ended that way, and the other groups are tried again in a fresh child. Behind a call that took too
long the rest of its group waits until the other groups have had their turn, and is then tried
once more: a function that is slow for one input keeps what it earns for the others.
"""

from collections.abc import Callable, Iterable

from rubrics.grade import SandboxUse
from rubrics.job import Call, CallResult, Job, Run
from rubrics.outcome import Outcome

ROUNDS = 6
PATIENCE = 2.0
"""No new round begins when all together have taken so many times what one may take."""

PASSED_OVER = "It was not tried: another call of the same function took too long."
UNTRIED = "It was not tried: calls before it took all the time, or ended the process too often."


def run_calls(job: Job, run: Callable[[Job], Run]) -> Run:
    """One run from as many as were needed, within `ROUNDS` and `PATIENCE`."""
    turns = _Turns(job)
    rounds = [run(job)]
    turns.note(rounds[0])
    while turns.left and _may_go_on(rounds, job):
        rounds.append(_further(job, turns.left, rounds, run))
        turns.note(rounds[-1])
    turns.end(rounds[-1])
    return rounds[0].model_copy(update={"calls": turns.found, "use": use_of(rounds)})


class _Turns:
    """Which calls had a result, and which are to be tried in the next round."""

    def __init__(self, job: Job) -> None:
        self.found: dict[str, CallResult] = {}
        self.left = list(job.calls)
        self._again: set[str] = set()  # groups that had a second turn, or wait for it

    def note(self, run: Run) -> None:
        """Take in what a round gave."""
        self.found |= run.calls
        missing = [call for call in self.left if call.name not in run.calls]
        if missing and not _broke_off(run):  # it never came to its calls
            self.left = []
            return
        behind = self._passed_over(run)
        self.found |= dict.fromkeys((call.name for call in behind), _timed_out(PASSED_OVER))
        missing = [call for call in missing if call not in behind]
        if missing:  # none is, if it ended behind the last call
            self.found |= _ended(_group(missing), run)
            missing = [call for call in missing if call.group != missing[0].group]
        again = [call for call in behind if call.group not in self._again]
        self._again |= {call.group for call in behind}
        self.left = missing + again

    def _passed_over(self, run: Run) -> list[Call]:
        """The calls of this round that are behind a late one of their group."""
        late: set[str] = set()
        behind: list[Call] = []
        for call in self.left:
            if call.group in late:
                behind.append(call)
            elif _late(run.calls.get(call.name)):
                late.add(call.group)
        return behind

    def end(self, run: Run) -> None:
        """Set down what no round was left for, after the last one."""
        result = _timed_out(UNTRIED).model_copy(update={"ended": run.ended or Outcome.TIMED_OUT})
        untried = [call.name for call in self.left if call.name not in self.found]
        self.found |= dict.fromkeys(untried, result)


def _broke_off(run: Run) -> bool:
    """Whether the process ended within a call: the file had run, and then no report came."""
    return run.calling and run.ended is not None and run.error is None


def _may_go_on(rounds: list[Run], job: Job) -> bool:
    return len(rounds) < ROUNDS and _left_s(rounds, job) > 0


def _left_s(rounds: list[Run], job: Job) -> float:
    return PATIENCE * job.limits.wall_s - sum(run.use.wall_ms for run in rounds) / 1000


def _further(job: Job, left: list[Call], rounds: list[Run], run: Callable[[Job], Run]) -> Run:
    """The next round, with no more of the clock than is left: the file may sleep each time."""
    wall_s = min(job.limits.wall_s, _left_s(rounds, job))
    limits = job.limits.model_copy(update={"wall_s": wall_s})
    found = run(job.model_copy(update={"calls": tuple(left), "limits": limits}))
    cut = wall_s < job.limits.wall_s and found.ended is Outcome.TIMED_OUT
    return found.model_copy(update={"explanation": UNTRIED}) if cut else found


def _late(result: CallResult | None) -> bool:
    return result is not None and result.ended is Outcome.TIMED_OUT


def _group(left: list[Call]) -> list[Call]:
    """The call that broke off, and those that share its fate."""
    return [call for call in left if call.group == left[0].group]


def _ended(calls: Iterable[Call], run: Run) -> dict[str, CallResult]:
    result = CallResult(ended=run.ended, explanation=run.explanation)
    return {call.name: result for call in calls}


def _timed_out(why: str) -> CallResult:
    return CallResult(ended=Outcome.TIMED_OUT, explanation=why)


def use_of(runs: Iterable[Run]) -> SandboxUse:
    """What all runs used together: times add up, the peak is the highest, layers stood in each."""
    uses = [run.use for run in runs]
    return SandboxUse(
        layers=_common([use.layers for use in uses if use.layers]),
        wall_ms=sum(use.wall_ms for use in uses),
        cpu_ms=sum(use.cpu_ms for use in uses),
        peak_mb=max((use.peak_mb for use in uses), default=0.0),
    )


def told_of(runs: Iterable[Run]) -> SandboxUse:
    """The same as a grade tells it, rounded up to 1, 2 or 5 times a power of ten, from 10 on.

    Some of the runs had hidden inputs: the page would tell a hidden number to a script that held as
    many MB, or slept as many milliseconds.
    """
    use = use_of(runs)
    return SandboxUse(
        layers=use.layers,
        wall_ms=_coarse(use.wall_ms),
        cpu_ms=_coarse(use.cpu_ms),
        peak_mb=_coarse(use.peak_mb),
    )


def _coarse(value: float) -> float:
    if value <= 0:
        return 0.0
    steps = (float(digit * 10**power) for power in range(1, 12) for digit in (1, 2, 5))
    return next((step for step in steps if value <= step), value)


def _common(layers: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Those that stood in every run in which something ran."""
    return tuple(sorted(set.intersection(*map(set, layers)))) if layers else ()
