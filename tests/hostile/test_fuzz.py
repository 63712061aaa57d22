"""Ten thousand mutants under a measurement of which branches of the parsers they reach."""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from rubrics.job import Run
from tests.hostile.fuzz import __main__ as fuzz
from tests.hostile.fuzz import calls, messages, reports

ROOT = Path(__file__).parents[2]
PARSERS = (
    "workers/frames.py",
    "workers/sandbox/report.py",
    "workers/sandbox/call_report.py",
    "workers/judge/wire.py",
)
LEAST = 95.0
"""Per cent of the branches and lines of each parser."""


def test_mutants_reach_the_parsers_branches_and_none_crashes_or_gets_in_ill_formed(
    tmp_path: Path,
) -> None:
    coverage = [sys.executable, "-m", "coverage"]
    environment = {**os.environ, "COVERAGE_FILE": str(tmp_path / "data")}
    include = "--include=" + ",".join(str(ROOT / name) for name in PARSERS)
    measured = [*coverage, "run", "--branch", include, "-m", "tests.hostile.fuzz"]
    done = subprocess.run(
        [*measured, "--number", "10000", "--seed", "7"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=170,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    reasons = [line.split(maxsplit=1)[1] for line in done.stdout.splitlines()[:-1]]
    assert all(sum(one.startswith(name) for one in reasons) > 5 for name in fuzz.TARGETS)
    told = tmp_path / "told.json"
    subprocess.run(
        [*coverage, "json", "-q", "-o", str(told)], cwd=ROOT, env=environment, check=True
    )
    files = json.loads(told.read_text())["files"]
    reached = {name: files[name]["summary"]["percent_covered"] for name in PARSERS}
    missed = {name: files[name]["missing_branches"] for name in PARSERS}
    assert {name: share for name, share in reached.items() if share < LEAST} == {}, missed


def test_mutants_led_by_branches_find_no_fault_either(tmp_path: Path) -> None:
    led = [sys.executable, "-m", "tests.hostile.fuzz.guided", "-runs=4000", "-seed=3"]
    done = subprocess.run(
        [*led, f"-artifact_prefix={tmp_path}/"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Done 4000 runs" in done.stderr or "has no wheel" in done.stdout


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("report", b"XGJ\0\2\0\0\0{}"),
        ("calls", b"XGJ\0\2\0\0\0{}" * 2),
        ("judge", b"XGJ\0\2\0\0\0{}XGB\0\0\0\0\0"),
    ],
)
def test_a_refusal_is_no_fault(name: str, data: bytes) -> None:
    reason, fault = fuzz.try_one(name, data, 64)
    assert (reason != "", fault) == (True, "")


def test_what_the_parser_should_not_have_accepted_is_a_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With each target's parser replaced by one that breaks or takes anything, faults are seen."""
    told: list[str] = []
    for target in (reports, calls, messages):
        monkeypatch.setattr(target, "read", lambda data, chunk: 1 / 0)
    assert fuzz.run(6, 1, told.append)[1] == 6
    assert "ZeroDivisionError" in told[0]
    monkeypatch.setattr(calls, "read", lambda data, chunk: {"c/1": Run(ended=None)})
    assert fuzz.try_one("calls", b"", 1) == ("accepted", "ill-formed, and accepted")


def test_valid_streams_are_accepted() -> None:
    """Else the mutants would be of nothing."""
    for name, target in fuzz.TARGETS.items():
        seen = Counter(
            fuzz.try_one(name, target.mutant(random.Random(seed)), 1 << 16)[0] for seed in range(60)
        )
        assert seen["accepted"] > 5, (name, seen)
