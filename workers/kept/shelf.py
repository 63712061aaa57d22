"""What the jobs of one submission come to: taken from what is kept, or run."""

from collections.abc import Callable, Iterator, Mapping

from grader.store.artefacts import ArtefactBroken
from rubrics.job import Job, Limits, Run
from rubrics.outcome import Outcome
from workers.kept import codec
from workers.kept.key import run_key

TIME_USED = 0.5
"""A run that was out of time is kept if the code had the processor for this share of it."""


class Shelf:
    """Serves one submission. `fresh` gathers what is worth keeping, as bytes by key."""

    def __init__(
        self,
        run: Callable[[Job], Run],
        known: Mapping[str, str] | None = None,
        fetch: Callable[[str], bytes] | None = None,
    ) -> None:
        """`known` names kept runs by key, `fetch` reads one; without them everything is run."""
        self._run, self._known, self._fetch = run, known or {}, fetch
        self.fresh: dict[str, bytes] = {}
        self.ran = 0
        self.taken = 0

    def run(self, job: Job) -> Run:
        """What the job produced when it was run, which may be now.

        Raises SandboxBroken as the sandbox does.
        """
        key = run_key(job)
        kept = self._take(key)
        if kept is not None:
            self.taken += 1
            return kept
        self.ran += 1
        run = self._run(job)
        if worth_keeping(run, job.limits):
            self.fresh[key] = codec.pack(run)
        return run

    def _take(self, key: str) -> Run | None:
        sha256 = self._known.get(key)
        if sha256 is None or self._fetch is None:
            return None
        try:
            return codec.unpack(self._fetch(sha256))
        except (ArtefactBroken, codec.KeptBroken):
            return None  # lost, or written when a run was said otherwise: running is always right


def worth_keeping(run: Run, limits: Limits) -> bool:
    """Whether a regrade may stand on this run.

    Nothing that ended by our fault. Of those that ran out of time, only where the code itself
    used the time up: one that waited for a busy machine deserves another run.
    """
    ends = set(_endings(run))
    if ends & {Outcome.SERVICE_ERROR, Outcome.RUBRIC_ERROR}:
        return False
    if Outcome.TIMED_OUT not in ends:
        return True
    given_s = min(limits.wall_s, limits.cpu_s)
    if run.ended != Outcome.TIMED_OUT:
        given_s = min(given_s, limits.call_s)
    return run.use.cpu_ms >= TIME_USED * 1000 * given_s


def _endings(run: Run) -> Iterator[Outcome | None]:
    yield run.ended
    for call in run.calls.values():
        yield call.ended
