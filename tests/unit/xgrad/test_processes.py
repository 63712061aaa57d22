"""What is started is stopped: on leaving, on a failure, on a signal, and when we are killed."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from xgrad.faults import Fault
from xgrad.processes import Processes

Alive = Callable[[int], bool]
SLEEP = ("python", "-c", "import time; time.sleep(60)")


@pytest.fixture
def processes(tmp_path: Path) -> Processes:
    return Processes(tmp_path / "a folder with spaces" / "log", dict(os.environ))


def test_leaving_stops_them(processes: Processes, alive: Alive) -> None:
    with processes:
        pids = [processes.start(name, SLEEP) for name in ("one", "two")]
        assert all(map(alive, pids))
    assert not any(map(alive, pids))


def test_a_failure_inside_stops_them(processes: Processes, alive: Alive) -> None:
    pids: list[int] = []

    def failing() -> None:
        with processes:
            pids.append(processes.start("one", SLEEP))
            raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        failing()
    assert not alive(pids[0])


def test_a_process_that_ignores_being_asked_is_ended(
    processes: Processes, alive: Alive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("xgrad.processes.GRACE_S", 0.2)
    deaf = "import signal, time, pathlib, sys; signal.signal(15, signal.SIG_IGN);"
    deaf += "pathlib.Path(sys.argv[1]).touch(); time.sleep(60)"
    with processes:
        pid = processes.start("deaf", ("python", "-c", deaf, str(tmp_path / "up")))
        processes.wait_for((tmp_path / "up").exists, "deaf")
    assert not alive(pid)


def test_grandchildren_in_a_session_of_their_own_are_ended_too(
    processes: Processes, alive: Alive, tmp_path: Path
) -> None:
    note = tmp_path / "pid"
    script = (
        "import subprocess, sys, time;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'],"
        " start_new_session=True);"
        f"open({str(note)!r}, 'w').write(str(child.pid)); time.sleep(60)"
    )
    with processes:
        processes.start("parent", ("python", "-c", script))
        processes.wait_for(lambda: note.exists() and note.read_text() != "", "the grandchild")
        grandchild = int(note.read_text())
        assert alive(grandchild)
    assert not alive(grandchild)


def test_one_that_ends_early_is_a_fault_with_the_end_of_its_log(processes: Processes) -> None:
    with processes:
        processes.start("brief", ("python", "-c", "print('the reason'); raise SystemExit(7)"))
        with pytest.raises(Fault, match=r"brief ended \(exit code 7\)") as fault:
            processes.wait_for(lambda: False, "never", 60)
    assert "the reason" in fault.value.message


def test_run_says_what_failed(processes: Processes) -> None:
    with processes:
        processes.run("fine", ("python", "-c", "pass"))
        with pytest.raises(Fault, match="exit code 3"):
            processes.run("bad", ("python", "-c", "raise SystemExit(3)"))


def test_waiting_ends(processes: Processes) -> None:
    with processes:
        processes.start("one", SLEEP)
        with pytest.raises(Fault, match="The moon was not ready after 0 s"):
            processes.wait_for(lambda: False, "The moon", 0.1)


def test_a_command_that_is_not_there(processes: Processes) -> None:
    with processes, pytest.raises(Fault, match="could not be started"):
        processes.start("ghost", ("/no/such/program",))


def test_one_whose_parent_was_killed_before_it_could_ask_to_be_told_ends_at_once() -> None:
    late = "import os; from xgrad import kernel; kernel.end_with_parent({}); print('at work')"
    for parent, printed in (("os.getppid()", b"at work\n"), ("1 + os.getppid()", b"")):
        child = [sys.executable, "-c", late.format(parent)]
        assert subprocess.run(child, stdout=subprocess.PIPE, check=False).stdout == printed


SUPERVISOR = """
    import os, pathlib, sys
    from xgrad.processes import Processes, Stopped
    folder = pathlib.Path(sys.argv[1])
    try:
        with Processes(folder, dict(os.environ)) as processes:
            pid = processes.start("one", ("python", "-c", "import time; time.sleep(60)"))
            (folder / "pid").write_text(str(pid))
            processes.watch()
    except Stopped as stopped:
        raise SystemExit(stopped.code)
"""


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129), (signal.SIGKILL, -9)],
)
def test_a_signal_stops_them_and_even_a_kill_does(
    tmp_path: Path, gone: Alive, number: int, code: int
) -> None:
    script = textwrap.dedent(SUPERVISOR)
    supervisor = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)])
    note = tmp_path / "pid"
    until = time.monotonic() + 60
    while not (note.exists() and note.read_text()) and time.monotonic() < until:
        time.sleep(0.02)
    child = int(note.read_text())
    supervisor.send_signal(number)
    assert supervisor.wait(60) == code
    assert gone(child)
