"""Which limit an exception tells of, in a sentence: what it may have, and what to do about it."""

import errno

from rubrics.job import Limits, RunError
from rubrics.outcome import Outcome

Excess = tuple[Outcome, str]
_NO_ROOM = (errno.ENOSPC, errno.EFBIG)
_NO_MEMORY = ("can't allocate memory", "not enough memory", "Cannot allocate memory")
_TRY_AGAIN = "Resource temporarily unavailable"
_NO_THREAD = ("can't start new thread", _TRY_AGAIN)
_DEADLY = (b"libgomp: Thread creation failed", b"terminate called after throwing an instance of")
"""What C and C++ print when they get no thread, and then end the process: nobody can catch it."""
FEWER = "start fewer, or wait for some to end."


def of_error(error: RunError, number: int | None, limits: Limits) -> Excess | None:
    """The limit that was met, if one was; `number` is the system's, as the harness tells it.

    The harness tells EDQUOT where no file is left to be made, EAGAIN where multiprocessing gave up.
    """
    place = f" in line {error.line}" if error.line else ""
    if error.type == "MemoryError" or any(phrase in error.message for phrase in _NO_MEMORY):
        wanted = f"{_asked(error.message)}{place}, the limit is {limits.memory_mb} MB."
        return Outcome.OUT_OF_MEMORY, wanted
    if number in _NO_ROOM:
        much = f"It wrote more than the {limits.box_mb} MB it may write{place}:"
        return Outcome.OUTPUT_LIMIT, f"{much} write less, or delete what it is done with."
    if number == errno.EDQUOT:
        many = f"It made more than the {limits.box_files} files it may have{place}:"
        return Outcome.FILE_LIMIT, f"{many} make fewer, or delete those it is done with."
    if number == errno.EMFILE:
        most = f"It may have {limits.open_files} files open at once"
        return Outcome.FILE_LIMIT, f"{most}{place}: close those it is done with."
    return _tasks(error, number, limits, place)


def _tasks(error: RunError, number: int | None, limits: Limits, place: str) -> Excess | None:
    """Of processes and threads. A fork that is refused is a BlockingIOError.

    So is a read or write that would wait, where a script asked for that: in the same words mostly,
    but that is rare. Where there may be several processes multiprocessing lacks more than those.
    """
    if error.type == "RuntimeError" and any(said in error.message for said in _NO_THREAD):
        return threads(limits, place)
    if number != errno.EAGAIN:
        return None
    forked = error.type == "BlockingIOError" and _TRY_AGAIN in error.message
    wanted = error.type == "FileNotFoundError" and limits.processes == 1
    return processes(limits, place) if forked or wanted else None


def of_output(output: bytes, limits: Limits) -> Excess | None:
    """What a process that ended itself for want of a thread had printed."""
    gomp, cpp = _DEADLY
    deadly = gomp in output or (cpp in output and _TRY_AGAIN.encode() in output)
    return threads(limits) if deadly else None


def processes(limits: Limits, place: str = "") -> Excess:
    """It was refused a process."""
    if limits.processes == 1:
        said = (
            f"It may have 1 process, and may start no other, but tried to{place}:"
            " do the work in the script itself (a DataLoader does with num_workers=0)."
        )
    else:
        said = f"It may have {limits.processes} processes at once, and tried to start more{place}:"
        said = f"{said} {FEWER}"
    return Outcome.PROCESS_LIMIT, said


def threads(limits: Limits, place: str = "") -> Excess:
    """It was refused a thread."""
    if limits.threads == 1:
        said = f"It may have 1 thread, and may start no other, but tried to{place}: do without."
    else:
        said = f"It may have {limits.threads} threads at once, and tried to start more{place}:"
        said = f"{said} {FEWER}"
    return Outcome.THREAD_LIMIT, said


def _asked(message: str) -> str:
    """How much an allocation asked for, from torch's or numpy's message, as words."""
    words = message.replace(",", " ").split()
    digits = [word for word in words if word.isascii() and word.isdigit()]
    biggest = max((int(word) for word in digits if len(word) < 30), default=0)
    at_once = f"It asked for {biggest / 1e6:,.0f} MB at once"
    return at_once if biggest >= 1e6 else "It ran out of memory"
