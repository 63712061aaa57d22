"""The same exercise graded by others: `python -m benchmarks.peers [--folder DIR] [--times N]`.

Installs otter-grader, nbgrader and check50 from PyPI, each into an environment of its own with
torch, lets each grade the first paper's script by its own local command, checks that the grade is
the right one, and prints a table beside `xgrad grade` and the service's warm path. With `--folder`
the environments are kept for the next time. It needs the network, a few GB and some minutes.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
import venv
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks import sandbox
from workers.engine import Engine

SCRIPT = sandbox.SCRIPT.strip() + "\n"
EXERCISE = ("torch==2.13.0", "numpy")
PROBE = "import torch, runpy; print(runpy.run_path('answer.py')['x'].grad.tolist())"


class Failed(RuntimeError):
    """A peer did not do what it should; says what it printed last."""


@dataclass(frozen=True)
class Peer:
    """A grader: what to install, how to lay its files out, its command, and its verdict."""

    name: str
    packages: tuple[str, ...]
    prepare: Callable[[Path, Path, str], None]
    command: Callable[[Path], list[str]]
    right: Callable[[Path, str], bool]


def run(command: list[str], folder: Path) -> str:
    """What the command printed. Raises Failed when it ends badly or not within ten minutes."""
    path = f"{Path(command[0]).parent}:/usr/local/bin:/usr/bin:/bin"
    environment = {"PATH": path, "HOME": str(folder), "LANG": "C.UTF-8"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
        timeout=600,
    )
    if done.returncode:
        last = (done.stdout + done.stderr).strip().splitlines()[-3:]
        raise Failed(" ".join(last)[-300:])
    return done.stdout


def _notebook(*cells: tuple[str, dict[str, Any]]) -> str:
    made = [
        {
            "id": f"cell{number}", "cell_type": "code", "execution_count": None, "outputs": [],
            "metadata": {"nbgrader": told} if told else {}, "source": source,
        }
        for number, (source, told) in enumerate(cells)
    ]  # fmt: skip
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": made})


def _test(values: str) -> str:
    return f"torch.allclose(x.grad, torch.tensor({values}), atol=5e-5)"


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def _otter(folder: Path, programs: Path, values: str) -> None:
    case = {"code": f">>> import torch\n>>> {_test(values)}\nTrue", "hidden": False}
    suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    test = {"name": "q1", "points": 4, "suites": [suite]}
    _write(folder, {
        "tests/q1.py": f"OK_FORMAT = True\ntest = {test!r}\n",
        "answer.ipynb": _notebook((SCRIPT, {})),
    })  # fmt: skip
    generate = ["generate", "-t", "tests", "-o", "autograder.zip", "--no-environment"]
    run([str(programs / "otter"), *generate], folder)


def _otter_right(folder: Path, _: str) -> bool:
    tests = json.loads((folder / "results.json").read_text())["tests"]
    return sum(one.get("score", 0) for one in tests) == 4


def _nbgrader(folder: Path, programs: Path, values: str) -> None:
    common = {"schema_version": 3, "task": False}
    answer = {**common, "grade": False, "locked": False, "solution": True, "grade_id": "a"}
    test = {**common, "grade": True, "locked": True, "solution": False, "grade_id": "q1"}
    cells = (SCRIPT, answer), (f"assert {_test(values)}", {**test, "points": 4})
    _write(folder, {
        "nbgrader_config.py": "c = get_config()\nc.CourseDirectory.course_id = 'c'\n",
        "source/paper/answer.ipynb": _notebook(*cells),
        "submitted/student/paper/answer.ipynb": _notebook(*cells),
    })  # fmt: skip
    run([str(programs / "nbgrader"), "generate_assignment", "paper"], folder)


def _nbgrader_right(folder: Path, _: str) -> bool:
    done = json.loads((folder / "autograded/student/paper/answer.ipynb").read_text())
    outputs = [output for cell in done["cells"] for output in cell["outputs"]]
    return len(done["cells"]) == 2 and not any(one["output_type"] == "error" for one in outputs)


def _check50(folder: Path, _: Path, values: str) -> None:
    checks = f"""
        import check50
        import check50.py

        @check50.check()
        def gradient():
            \"\"\"x.grad is right\"\"\"
            import torch
            x = check50.py.import_("answer.py").x
            if not {_test(values)}:
                raise check50.Failure("x.grad is wrong")
        """
    _write(folder, {
        "checks/__init__.py": textwrap.dedent(checks),
        "checks/.cs50.yaml": "check50:\n  checks: __init__.py\n",
        "answer.py": SCRIPT,
    })  # fmt: skip


def _check50_right(_: Path, told: str) -> bool:
    results = json.loads(told[told.index("{") :])["results"]
    return [one["passed"] for one in results] == [True]


PEERS = (
    Peer(
        "otter-grader",
        ("otter-grader", "ipykernel"),
        _otter,
        lambda programs: [str(programs / "otter"), "run", "answer.ipynb", "--no-logo"],
        _otter_right,
    ),
    Peer(
        "nbgrader",
        ("nbgrader", "ipykernel"),
        _nbgrader,
        lambda programs: [str(programs / "nbgrader"), "autograde", "paper", "--force"],
        _nbgrader_right,
    ),
    Peer(
        "check50",
        ("check50",),
        _check50,
        lambda programs: [
            *(str(programs / "check50"), "checks", "--dev", "--local"),
            *("--log-level", "warning", "-o", "json"),
        ],
        _check50_right,
    ),
)


def installed(peer: Peer, base: Path) -> Path:
    """The programs of the peer's environment, made unless it is there."""
    programs = base / peer.name / "bin"
    if not (programs / "pip").exists():
        venv.create(base / peer.name, with_pip=True)
    run([str(programs / "python"), "-m", "pip", "install", "-q", *EXERCISE, *peer.packages], base)
    return programs


def version(programs: Path, name: str) -> str:
    """As its environment has it."""
    ask = f"from importlib.metadata import version; print(version({name!r}))"
    return run([str(programs / "python"), "-c", ask], programs).strip()


def peer_times(peer: Peer, base: Path, times: int) -> tuple[str, list[float]]:
    """The peer's version, and the seconds of each grading. Raises Failed."""
    programs, found = installed(peer, base), []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "answer.py").write_text(SCRIPT)
        values = run([sys.executable, "-c", PROBE], folder).strip()
        peer.prepare(folder, programs, values)
        for _ in range(times):
            started = time.perf_counter()
            told = run(peer.command(programs), folder)
            found.append(time.perf_counter() - started)
            if not peer.right(folder, told):
                raise Failed("it did not give the grade that is right")
    return version(programs, peer.name), found


def ours_cold(times: int) -> list[float]:
    """Seconds of `xgrad grade`: it starts the sandbox and a judge, grades, and ends."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place, "answer.py")
        file.write_text(SCRIPT)
        found = []
        for _ in range(times):
            started = time.perf_counter()
            asked = ["-m", "xgrad", "grade", "autograd/paper-1", "--answer", f"q1=@{file}"]
            run([sys.executable, *asked], Path(__file__).parent.parent)
            found.append(time.perf_counter() - started)
    return found


def ours_warm(rounds: int = 50) -> list[float]:
    """Seconds of one submission in a service that runs: sandbox, judge and diagnosis."""
    engine = Engine.start(slots=2)
    try:
        sandbox.grading(engine, 3)
        times, _ = sandbox.grading(engine, rounds)
    finally:
        engine.close()
    return [one / 1e3 for one in times.latency]


def row(name: str, which: str, seconds: list[float] | str) -> str:
    """One line of the table."""
    if isinstance(seconds, str):
        return f"| {name} | {which} | {seconds} | |"
    return f"| {name} | {which} | {statistics.median(seconds):.4g} s | {max(seconds):.4g} s |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    print("| grader | version | median | slowest |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as temporary:
        for peer in PEERS:
            try:
                which, seconds = peer_times(peer, options.folder or Path(temporary), options.times)
                print(row(peer.name, which, seconds), flush=True)
            except (Failed, OSError, subprocess.TimeoutExpired) as fault:
                print(row(peer.name, "?", f"failed: {fault}"), flush=True)
    own = metadata.version("xgrad")
    print(row("`xgrad grade`", own, ours_cold(options.times)), flush=True)
    print(row("xgrad, the running service", own, ours_warm()), flush=True)


if __name__ == "__main__":
    main()
