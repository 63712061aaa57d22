"""From what was seen of a run to its outcome, with a sentence that a student understands."""

import errno
import signal
from dataclasses import dataclass

from rubrics.grade import SandboxUse
from rubrics.job import CallResult, Job, Limits, Run, RunError
from rubrics.outcome import Outcome
from workers import frames
from workers.sandbox import call_report, excess, packages, report
from workers.sandbox.config import SandboxBroken
from workers.sandbox.watch import Watched

OURS = (70, 71, 72)  # a child's exit status when something of ours failed in it
_NOT_ALLOWED = (errno.EPERM, errno.EACCES, errno.EROFS)
_SIGNALS: dict[int, str] = {
    # A namespace's first process cannot end itself by SIGABRT: abort(3) then faults on purpose.
    signal.SIGSEGV: (
        "a library aborted it,"
        " or it read or wrote memory that is not its own (a segmentation fault)"
    ),
    signal.SIGABRT: "a library aborted it",
    signal.SIGFPE: "a division that the processor refuses",
    signal.SIGILL: "an instruction that the processor refuses",
    signal.SIGBUS: "it touched memory that is not there",
}


@dataclass(frozen=True)
class Death:
    """How the process ended: a signal's number or 0, its exit status, and the kernel's word."""

    signal: int
    status: int
    out_of_memory: bool


Verdict = tuple[Outcome | None, str]


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def at_limit(seen: Watched, limits: Limits) -> Verdict | None:
    """The verdict when we stopped the run at a limit, else None."""
    if seen.stop in ("wall", "cpu"):
        return Outcome.TIMED_OUT, f"{_late(seen, limits)} Look for a loop that does not end."
    if seen.stop == "output":
        return Outcome.OUTPUT_LIMIT, (
            f"It printed more than {limits.output_kb} kB, the limit. Print less."
        )
    if seen.stop == "values":
        return Outcome.OUTPUT_LIMIT, (
            f"The values it left are larger than {limits.values_mb} MB, the limit."
        )
    if seen.stop == "processes":
        return Outcome.PROCESS_LIMIT, (
            f"It had {seen.processes} processes at once, the limit is {limits.processes}:"
            f" {excess.FEWER}"
        )
    if seen.stop == "protocol":
        return Outcome.FORBIDDEN, "It wrote to the channel that the grader reads values from."
    return None


def _late(seen: Watched, limits: Limits) -> str:
    if seen.stop == "wall":
        return f"It was still running after {_number(limits.wall_s)} s, the limit."
    used = f"It used {_number(seen.cpu_ms / 1e3)} s of processor time"
    return f"{used}, the limit is {_number(limits.cpu_s)} s."


def _memory(seen: Watched, limits: Limits) -> Verdict:
    used = max(seen.peak_mb, limits.memory_mb)
    return Outcome.OUT_OF_MEMORY, (
        f"It used {_number(used)} MB, the limit is {limits.memory_mb} MB."
    )


def of_death(seen: Watched, death: Death, limits: Limits) -> Verdict:
    """The verdict when the process ended without a report.

    Raises SandboxBroken when something on the machine killed it: no script can do that to itself.
    """
    if death.out_of_memory:
        return _memory(seen, limits)
    if death.signal == signal.SIGSYS:
        return Outcome.FORBIDDEN, "It asked the operating system for something no answer needs."
    if death.signal in (signal.SIGXCPU, signal.SIGKILL) and seen.cpu_ms >= 0.9e3 * limits.cpu_s:
        return at_limit(Watched(stop="cpu", cpu_ms=seen.cpu_ms), limits) or (None, "")
    if death.status in OURS and not seen.parts:
        raise SandboxBroken("a child failed before it read the script")
    if death.signal == signal.SIGKILL:
        raise SandboxBroken("a child was killed from outside")
    starved = excess.of_output(seen.output, limits)
    if starved is not None:
        return starved
    if death.signal:
        cause = _SIGNALS.get(death.signal, f"signal {death.signal}")
        return Outcome.CRASHED, f"The Python process itself was ended: {cause}."
    return Outcome.CRASHED, (
        "The script ended the Python process itself (for example by os._exit),"
        " before its values could be read."
    )


def of_error(told: report.Report, job: Job) -> Verdict:
    """The verdict on an exception that nobody caught; `told` has one."""
    error, record = told.error or RunError(type="", message=""), told.record or {}
    place = f" in line {error.line}" if error.line else ""
    if not told.read:
        which = "the file" if error.file in (None, job.entry) else error.file
        return Outcome.MALFORMED, f"Python cannot read {which}: {error.message}{place}."
    limit = excess.of_error(error, record["errno"], job.limits)
    if limit is not None:
        return limit
    own = next((name for name in job.given if name in error.message), None)
    if own is not None and record["errno"] in (*_NOT_ALLOWED, errno.EBUSY):
        return Outcome.FORBIDDEN, _kept(own, record["errno"], place)
    if record["errno"] in _NOT_ALLOWED:
        return Outcome.FORBIDDEN, f"It tried something that is not allowed here{place}."
    if record["module"] is not None:
        return Outcome.CRASHED, _unavailable(report.clean(record["module"], 100), job)
    return Outcome.CRASHED, f"It stopped with {error.type}{place}."


def _kept(name: str, number: int, place: str) -> str:
    """Of a file of the assignment's own; the system calls one that is to be removed busy."""
    more = ", and neither be removed nor replaced" if number == errno.EBUSY else ""
    said = f"The assignment's own {name} can only be read{more}{place}"
    return f"{said}: write to a file of another name."


def _unavailable(module: str, job: Job) -> str:
    if "import" in job.forbidden:
        return f"{module} is not available here: this question asks for code without imports."
    known = [one for one in packages.importable(job.packages) if one not in job.forbidden]
    if not known:
        return f"{module} is not available here; available is the standard library alone."
    listed = ", ".join(known)
    return f"{module} is not available here; available are: the standard library, {listed}."


def conclude(seen: Watched, death: Death | None, job: Job, use: SandboxUse) -> Run:
    """The whole run. `death` is None when a report came and the process need not be asked."""
    output = report.clean(seen.output.decode("utf-8", "replace"), job.limits.output_kb * 1024)
    stopped = at_limit(seen, job.limits)
    if stopped is None and death is not None:
        stopped = of_death(seen, death, job.limits)
    try:
        calls = {} if seen.stop == "protocol" else _calls(seen, job)
        if stopped is not None:
            ended, why = stopped
            found = {"calls": calls, "calling": call_report.calling(seen.parts)}
            return Run(ended=ended, explanation=why, output=output, use=use, **found)
        told = report.parse(call_report.split(seen.parts)[1], job.collect)
        report.need(not told.read or len(calls) == len(job.calls), "fewer calls than asked for")
    except (report.BadReport, frames.FrameError):
        why = "What it left on the grader's channel is not a report; its values were not read."
        return Run(ended=Outcome.FORBIDDEN, explanation=why, output=output, use=use)
    run = Run(ended=None, values=told.values, calls=calls, output=output, use=use)
    run = run.model_copy(update={"calling": call_report.calling(seen.parts)})
    if told.error is None:
        return run
    outcome, explanation = of_error(told, job)
    update = {"ended": outcome, "explanation": explanation, "error": told.error}
    return run.model_copy(update=update)


def _calls(seen: Watched, job: Job) -> dict[str, CallResult]:
    return call_report.parse(call_report.split(seen.parts)[0], job.calls, job.limits)
