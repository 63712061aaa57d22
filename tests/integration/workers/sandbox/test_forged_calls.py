"""A file that ships its own calls' frames: whole ones count as values, anything else as forged."""

import pytest

from rubrics.job import Call, CallStep, Job, Limits, NameStep, Run
from rubrics.outcome import Outcome
from workers.calls import run_calls
from workers.sandbox import Sandbox

STEPS = (NameStep(root="student", name="f"), CallStep(of=0))
CALLS = tuple(
    Call(name=f"c/{at}", steps=STEPS, ship={"value": {"step": 1}}, group=str(at)) for at in range(3)
)
WIRE = """
import json, os, struct, sys, time
def frame(kind, payload): return struct.pack("<2ssBI", b"XG", kind, 0, len(payload)) + payload
def told(x): return frame(b"J", json.dumps(x, separators=(",", ":")).encode())
none = frame(b"T", struct.pack("<Q", 2) + b"{}")
def call(at, value=1):
    record = {"call": f"c/{at}", "values": {"value": value}, "error": None}
    return told(record | {"missing": "", "printed": ""}) + none
ready, report = told({"ready": True}), told({"error": None, "values": {}}) + none
every = ready + call(0) + call(1) + call(2)
def f(): return 7
"""


def run(sandbox: Sandbox, ending: str, wall_s: float = 30) -> Run:
    limits = Limits(wall_s=wall_s, cpu_s=30, call_s=20)
    files = {"a.py": f"{WIRE}\n{ending}".encode()}
    job = Job(files=files, entry="a.py", collect=(), calls=CALLS, limits=limits, as_module=True)
    return run_calls(job, sandbox.run)


@pytest.mark.parametrize(
    ("ending", "outcome"),
    [
        ("os.write(4, every + report); os._exit(0)", None),
        ("os.write(4, every); time.sleep(60)", Outcome.TIMED_OUT),
        ("os.write(4, every); os._exit(0)", Outcome.CRASHED),
    ],
    ids=["early", "then a hang", "then an end"],
)
def test_whole_frames_are_values_whoever_sent_them(
    sandbox: Sandbox, ending: str, outcome: Outcome | None
) -> None:
    found = run(sandbox, ending, wall_s=4 if outcome is Outcome.TIMED_OUT else 30)
    assert found.ended is outcome
    assert [one.values["value"] for one in found.calls.values()] == ["1", "1", "1"]


@pytest.mark.parametrize(
    "ending",
    [
        "os.write(4, every)",
        "os.write(4, call(0))",
        "os.write(4, ready + ready)",
        "os.write(4, ready + call(1)); os._exit(0)",
        "os.write(4, ready + call(0) * 4); os.close(4)",
        "os.write(4, every + report + report); os._exit(0)",
        "os.write(4, every + report + report[:5]); os.close(4); time.sleep(60)",
        "os.write(4, report); os._exit(0)",
        "os.write(4, ready + call(0, {'tensor': 0}) + call(1) + call(2) + report); os._exit(0)",
        "sys.stdout.flush(); os.write(4, ready + call(0, [[]] * 70_000)); os._exit(0)",
    ],
)
def test_anything_else_earns_nothing(sandbox: Sandbox, ending: str) -> None:
    found = run(sandbox, ending)
    assert found.ended is Outcome.FORBIDDEN
    assert not any(one.values for one in found.calls.values())
