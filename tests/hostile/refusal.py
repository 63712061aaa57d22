"""The word by which a layer says no, as it was seen in one run: what stopped it, and nothing else.

EPERM, ENOENT, EMFILE …   what the attack itself got (its `why`, or the exception's number)
SIGSYS, SIGSEGV, exit 0   how the process was ended, or ended itself
wall, cpu, output, values, processes, oom   the limit at which it was stopped
closed                    it closed the grader's channel and stayed
duplicate_key, names …    why the parser would not take its report
NameError …               the exception that nobody caught
unsupported, too_large    why the value it left is not shipped
none                      it ran to its end and was told nothing
"""

import contextlib
import errno
import signal
import threading
from collections.abc import Iterator

from rubrics.job import Job, Missing, PlainValue, Run
from workers import frames
from workers.sandbox import call_report, ending, report
from workers.sandbox.ending import Death
from workers.sandbox.watch import Watched

_last = threading.local()


@contextlib.contextmanager
def noting() -> Iterator[None]:
    """Meanwhile every run's last look is kept for `of`, by thread; nothing is changed by it."""
    conclude = ending.conclude

    def note(seen: Watched, death: Death | None, job: Job, *rest: object) -> Run:
        _last.seen, _last.death, _last.job = seen, death, job
        return conclude(seen, death, job, *rest)  # type: ignore[arg-type]

    ending.conclude = note
    try:
        yield
    finally:
        ending.conclude = conclude


def last() -> Watched:
    """What was seen of the last run of this thread."""
    seen: Watched = _last.seen
    return seen


def of(run: Run) -> str:
    """The word for the last run of this thread, which gave `run`."""
    seen: Watched = _last.seen
    if seen.stop in ("wall", "cpu", "output", "values", "processes"):
        return seen.stop
    if seen.stop == "protocol":
        return _reason(seen.detail)
    return _of_death(_last.death) or _of_report(seen, _last.job) or _of_script(run)


def _reason(detail: str) -> str:
    words = {"the channel was closed": "closed", "half a frame behind the report": "half a frame"}
    return words.get(detail) or detail.split(":", maxsplit=1)[0]


def _of_death(death: Death | None) -> str:
    if death is None:
        return ""
    if death.out_of_memory:
        return "oom"
    return signal.Signals(death.signal).name if death.signal else f"exit {death.status}"


def _of_report(seen: Watched, job: Job) -> str:
    """Why the report was not taken, or the exception that it tells of."""
    try:
        told = report.parse(call_report.split(seen.parts)[1], job.collect)
    except frames.FrameError as fault:
        return fault.reason
    except report.BadReport as fault:
        return str(fault)
    if told.error is None:
        return ""
    number = (told.record or {}).get("errno")
    return errno.errorcode.get(number, "") or told.error.type


def _of_script(run: Run) -> str:
    """What it says itself, or why its value could not be shipped."""
    value, left = run.values.get("why"), run.values.get("x.grad")
    text = value.json_text.strip('"') if isinstance(value, PlainValue) else ""
    if text or not isinstance(left, Missing):
        return text or "none"
    if left.detail.startswith("reading it raised"):
        return "unreadable"
    return left.reason if left.reason in ("unsupported", "too_large") else "none"
