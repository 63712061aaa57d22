"""Which limit was met, and the sentence that says how much there is and what to do."""

import errno

import pytest

from rubrics.job import Limits, RunError
from rubrics.outcome import Outcome
from workers.sandbox import excess

FORKED = RunError(type="BlockingIOError", message="[Errno 11] Resource temporarily unavailable")
SEVERAL = Limits(processes=4, threads=8)
ALONE = Limits(processes=1, threads=1)


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (ALONE, "It may have 1 process, and may start no other, but tried to: do the work"),
        (SEVERAL, "It may have 4 processes at once, and tried to start more: start fewer, or wait"),
    ],
)
def test_a_process_that_was_refused(limits: Limits, says: str) -> None:
    found = excess.of_error(FORKED, errno.EAGAIN, limits)
    assert found is not None
    assert found[0] is Outcome.PROCESS_LIMIT
    assert found[1].startswith(says)


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (
            ALONE,
            "It may have 1 thread, and may start no other, but tried to in line 7: do without.",
        ),
        (SEVERAL, "It may have 8 threads at once, and tried to start more in line 7: start fewer,"),
    ],
)
def test_a_thread_that_was_refused(limits: Limits, says: str) -> None:
    error = RunError(type="RuntimeError", message="can't start new thread", line=7)
    found = excess.of_error(error, None, limits)
    assert found is not None
    assert found[0] is Outcome.THREAD_LIMIT
    assert found[1].startswith(says)


def test_a_read_that_would_wait_for_a_buffer_is_no_process() -> None:
    error = RunError(type="BlockingIOError", message="[Errno 11] write could not complete")
    assert excess.of_error(error, errno.EAGAIN, SEVERAL) is None
    assert excess.of_error(error, errno.EAGAIN, ALONE) is None


def test_what_multiprocessing_lacks_is_told_of_processes_only_where_there_may_be_none() -> None:
    error = RunError(type="FileNotFoundError", message="[Errno 2] No such file or directory")
    assert excess.of_error(error, errno.EAGAIN, SEVERAL) is None
    found = excess.of_error(error, errno.EAGAIN, ALONE)
    assert found is not None
    assert "num_workers=0" in found[1]


@pytest.mark.parametrize(
    ("output", "met"),
    [
        (b"x\nlibgomp: Thread creation failed: Resource temporarily unavailable\n", True),
        (
            b"terminate called after throwing an instance of 'std::system_error'\n"
            b"  what():  Resource temporarily unavailable\n",
            True,
        ),
        (b"terminate called after throwing an instance of 'std::bad_cast'\n", False),
        (b"Resource temporarily unavailable", False),
    ],
)
def test_what_a_library_printed_before_it_ended_the_process(output: bytes, met: bool) -> None:
    found = excess.of_output(output, SEVERAL)
    assert (found is not None) == met
    assert found is None or found[0] is Outcome.THREAD_LIMIT


def test_an_error_without_a_limit_is_none() -> None:
    error = RunError(type="KeyError", message="'x'")
    assert excess.of_error(error, None, SEVERAL) is None
