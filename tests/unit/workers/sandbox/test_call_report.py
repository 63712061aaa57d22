"""What a child shipped of its calls: whole pairs count, anything odd makes it no report."""

import json
import time
from typing import Any

import pytest

from rubrics.job import Call
from rubrics.outcome import Outcome
from workers import frames
from workers.sandbox import call_report
from workers.sandbox.report import BadReport

CALLS = [Call(name=f"c/{at}", steps=(), ship={"value": 1, "more": 2}) for at in range(3)]
START = ("J", b'{"started":true}')
READY = ("J", call_report.READY)
TENSOR = {"0": ("uint8", (2,), b"ab")}
REPORT = [("J", b'{"error":null,"values":{}}'), ("T", b"")]


def frame(record: dict[str, Any]) -> tuple[str, bytes]:
    return "J", json.dumps(record, separators=(",", ":")).encode()


def tensors(named: dict[str, Any]) -> tuple[str, bytes]:
    return "T", frames.pack_tensors(named)[frames.HEADER.size :]


def pair(at: int, named: dict[str, Any] | None = None, **more: Any) -> list[tuple[str, bytes]]:
    told = {"call": f"c/{at}", "values": {}, "error": None, "missing": "", "printed": ""}
    return [frame(told | more), tensors(named or {})]


def test_calls_are_told_from_the_report() -> None:
    parts = [START, READY, *pair(0), *pair(1), *REPORT]
    calls, others = call_report.split(parts)
    assert (calls, others) == ([*pair(0), *pair(1)], [START, *REPORT])
    assert call_report.split([START, *REPORT]) == ([], [START, *REPORT])


def test_half_a_pair_does_not_count() -> None:
    calls, others = call_report.split([START, READY, *pair(0), pair(1)[0]])
    assert (calls, others) == (pair(0), [START])
    assert list(call_report.parse(calls, CALLS)) == ["c/0"]


def test_values_tensors_and_text() -> None:
    tree = {"tuple": [{"tensor": 0}, None, 1.5, {"special": "nan"}, {"dict": [["k", []]]}]}
    tree["tuple"].append({"complex": [1.5, {"special": "inf"}]})
    told = pair(0, TENSOR, values={"value": tree}, printed="a\x1b[31m\u202eb", missing="f")
    found = call_report.parse(told, CALLS)["c/0"]
    assert json.loads(found.values["value"]) == tree
    assert (found.tensors[0].data, found.output, found.missing) == (b"ab", "a[31mb", "f")


def test_what_was_cut_says_so_whatever_is_taken_out_of_it() -> None:
    for printed, cut in (("a" * 7999, False), ("a" * 8000, True), ("a" + "\u200b" * 7999, True)):
        assert call_report.parse(pair(0, printed=printed), CALLS)["c/0"].cut == cut


def test_what_is_said_of_a_missing_value_is_cleaned_and_cut() -> None:
    tree = {"tuple": [{"missing": ["unsupported", "a\x1b[31m\u202eb" + "c" * 500]}, "x\u202e"]}
    found = call_report.parse(pair(0, values={"value": tree}), CALLS)["c/0"]
    missing, text = json.loads(found.values["value"])["tuple"]
    assert missing["missing"][1] == "a[31mb" + "c" * 294
    assert text == "x\u202e"


def test_errors_and_time() -> None:
    error = {"type": "E", "message": "m", "file": "a.py", "line": 3, "module": None, "errno": None}
    told = pair(0, error=error | {"late": False, "kinds": ["E", "Exception"]})
    found = call_report.parse(told, CALLS)["c/0"]
    assert found.error is not None
    assert (found.error.line, found.kinds, found.ended) == (3, ("E", "Exception"), None)
    late = call_report.parse(pair(0, error=error | {"late": True, "kinds": []}), CALLS)["c/0"]
    assert (late.ended, late.error) == (Outcome.TIMED_OUT, None)


@pytest.mark.parametrize(
    "told",
    [
        pair(1),
        [*pair(0), *pair(0)],
        [*pair(0), *pair(1), *pair(2), *pair(2)],
        pair(0, points=3),
        pair(0, values={"other": 1}),
        pair(0, values=[]),
        pair(0, values={"value": {"tensor": 0}}),
        pair(0, values={"value": {"tensor": True}}, named=TENSOR),
        pair(0, values={"value": {"tensor": -1}}, named=TENSOR),
        pair(0, values={"value": [{"tensor": 0}, {"tensor": 0}]}, named=TENSOR),
        pair(0, values={"value": {"tensor": 0}, "more": {"array": 0}}, named=TENSOR),
        pair(0, named={"0": ("uint8", (0, 2**39, 2**39), b"")}),
        pair(0, values={"value": {"input": "x"}}),
        pair(0, values={"value": {"special": "1e999"}}),
        pair(0, values={"value": {"complex": 1.5}}),
        pair(0, values={"value": {"complex": [1.5]}}),
        pair(0, values={"value": {"complex": [1.5, 2]}}),
        pair(0, values={"value": {"complex": [1.5, {"special": "x"}]}}),
        pair(0, values={"value": {"complex": [1.5, {"complex": [1.5, 1.5]}]}}),
        pair(0, values={"value": {"dtype": "__import__('os')"}}),
        pair(0, values={"value": {"tuple": [], "dict": []}}),
        pair(0, values={"value": {"dict": [["k"]]}}),
        pair(0, values={"value": {"missing": ["why", ""]}}),
        pair(0, named={"1": TENSOR["0"]}),
        pair(0, missing=None),
        pair(0, printed=3),
        pair(0, error="boom"),
        pair(0, error={"late": False, "kinds": []}),
        pair(0, error={"late": 1, "kinds": []}),
        [pair(0)[1], pair(0)[0]],
        [("J", b'{"call":"c/0"'), tensors({})],
        [("J", b'{"call":"c/0","call":"c/0"}'), tensors({})],
        pair(0, values={"value": [[]] * 70_000}),
        pair(0, values={"value": json.loads("[" * 60 + "]" * 60)}),
    ],
)
def test_anything_odd_is_no_report(told: list[tuple[str, bytes]]) -> None:
    with pytest.raises((BadReport, frames.FrameError)):
        call_report.parse(told, CALLS)


def test_all_calls_of_a_run_share_their_items() -> None:
    """Each cost the worker a microsecond in Python, and a run may have two thousand calls."""
    calls = [Call(name=f"c/{at}", steps=(), ship={"value": 1}) for at in range(12)]
    parts = [one for at in range(12) for one in pair(at, values={"value": [[]] * 59_000})]
    assert len(call_report.parse(parts[:20], calls)) == 10
    with pytest.raises(BadReport, match="too many items"):
        call_report.parse(parts, calls)


def test_a_record_of_very_many_items_is_refused_before_it_is_read() -> None:
    told = pair(0, values={"value": [[]] * 3_000_000})
    began = time.process_time()
    with pytest.raises(BadReport, match="too many items"):
        call_report.parse(told, CALLS)
    assert time.process_time() - began < 0.2
