"""A function that is another one where it is looked at gains nothing: the result of each such call
is held to the reference's, and no call says which check it belongs to.
"""

import json
from pathlib import Path

import pytest

from rubrics.answers import RawAnswer, parse_answer
from rubrics.judge import Judge
from rubrics.loader import load
from rubrics.outcome import Outcome
from tests.integration.code.conftest import GradeCode

REFERENCE = """
    def f(x):
        return x ** 3

    def cases(draw):
        for _ in range(3):
            yield case(draw.normal(4))
"""
CALLS = "- {id: v, kind: calls, title: V, call: f, cases: cases}\n"
UNCHANGED = "- {id: c, kind: input_unchanged, title: T, call: f, cases: cases, needs: [v]}\n"
SLOPES = "- {id: c, kind: gradcheck, title: T, call: f, cases: cases, needs: [v]}\n"
ALIAS = "- {id: c, kind: no_alias, title: T, call: f, cases: cases, needs: [v]}\n"
RAISES = "- {id: r, kind: raises, title: R, call: f, cases: cases, error: E, needs: [v]}\n"
MEMORY = "- {id: c, kind: peak_memory, title: T, call: f, cases: cases, limit_mb: 90, needs: [v]}\n"

TOLD = """
import sys
import torch
def told():
    frame = sys._getframe()
    while not isinstance(frame.f_locals.get("call"), dict):
        frame = frame.f_back
    return frame.f_locals["call"], len(frame.f_locals["self"]._calls)
"""


@pytest.mark.parametrize(
    ("check", "where"),
    [
        (RAISES + MEMORY, "told()[1] == 3"),
        (UNCHANGED, "'arguments' in told()[0]['ship']"),
        (SLOPES, "x.dtype == torch.float64"),
        (ALIAS, "'shares' in told()[0]['ship']"),
    ],
    ids=["memory", "arguments", "slopes", "alias"],
)
def test_another_result_where_it_is_looked_at_earns_nothing(
    grade_code: GradeCode, check: str, where: str
) -> None:
    source = f"{TOLD}\ndef f(x):\n    return x * 0 if {where} else x ** 3\n"
    found = grade_code(source, CALLS + check, REFERENCE)
    assert found["v"].outcome == Outcome.CORRECT, found["v"].feedback
    assert found["c"].score == 0
    assert "not right, so" in found["c"].feedback
    assert grade_code(source.replace("x * 0", "x * x * x"), CALLS + check, REFERENCE)["c"].score


def test_no_frame_says_that_memory_is_measured(grade_code: GradeCode) -> None:
    source = """
        import sys
        def f(x):
            frame, seen = sys._getframe(), ""
            while frame:
                seen, frame = seen + str(frame.f_locals), frame.f_back
            return x * 0 if "gives" + "_back" in seen else x ** 3
    """
    found = grade_code(source, CALLS + MEMORY, REFERENCE)
    assert (found["v"].outcome, found["c"].outcome) == (Outcome.CORRECT, Outcome.CORRECT)


def test_results_that_drift_apart_are_no_slope(grade_code: GradeCode) -> None:
    """Right at the point itself, and not a step away from it."""
    source = """
        import torch
        seen = []
        def f(x):
            seen.append(x)
            return x ** 3 + (x.dtype == torch.float64 and len(seen) % 7 != 4)
    """
    found = grade_code(source, CALLS + SLOPES, REFERENCE)
    assert found["v"].outcome == Outcome.CORRECT
    assert "not right, so" in found["c"].feedback


def test_what_no_calls_check_compares_is_merely_seen(grade_code: GradeCode) -> None:
    first = "- {id: v, kind: source, title: V, forbid: [numel]}\n"
    source = "def f(x):\n    return x ** 3\n"
    for check in (SLOPES, MEMORY):
        alone, beside = (grade_code(source, one + check, REFERENCE)["c"] for one in (first, CALLS))
        assert (alone.evidence, beside.evidence) == ("observed", "values")


def test_the_calls_own_tolerance_holds(grade_code: GradeCode) -> None:
    source = "def f(x):\n    return x ** 3 * 1.001\n"
    wide = CALLS.replace("}", ", tolerance: {rtol: 0.01, atol: 0}}")
    for check in (UNCHANGED, SLOPES, ALIAS):
        found = grade_code(source, wide + check, REFERENCE)["c"]
        assert found.outcome == Outcome.CORRECT, found.feedback


FOLDER = f"""
key: course/made
title: Made
questions:
  - id: q
    title: Q
    points: 10
    statement: S
    answers: [{{kind: code}}]
    checks:
      {CALLS.strip()}
      - {{id: veiled, kind: calls, title: H, call: f, cases: cases, hidden: true}}
      {MEMORY.strip()}
"""


def test_a_call_does_not_say_whose_it_is(tmp_path: Path) -> None:
    (tmp_path / "assignment.yaml").write_text(FOLDER)
    head = "from rubrics.reference import case\n"
    (tmp_path / "reference.py").write_text(head + REFERENCE.replace("\n    ", "\n"))
    judge, question = Judge(tmp_path), load(tmp_path).questions[0]
    answers = {"q": parse_answer(question, RawAnswer(kind="code", text="def f(x): ..."))}
    jobs = judge.plan(answers, 7)
    assert set(jobs) == {"q", "q/hidden", "q/c/student"}
    names = [call.name for job in jobs.values() for call in job.calls]
    assert len(set(names)) == 9
    assert {len(name) for name in names} == {24}

    def shown(place: str, seed: int = 7) -> str:
        """All of a job but the names of its calls."""
        job = Judge(tmp_path).plan(answers, seed)[place]
        left_out = {"inputs": {"__all__": {"tensor"}}, "gives_back": True}  # see the harness
        text = json.dumps(job.model_dump(mode="json", exclude=left_out))
        for at, call in enumerate(job.calls):
            text = text.replace(call.name, str(at))
        return text

    assert shown("q") == shown("q/hidden") == shown("q/c/student")
    assert jobs == Judge(tmp_path).plan(answers, 7), "or a regrade would run everything again"
    assert not set(names) & {call.name for call in judge.plan(answers, 8)["q"].calls}
