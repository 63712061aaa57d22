"""The one case that all submissions of a variant share: explanations are looked up in it, and
points never hang on it.
"""

import textwrap
from pathlib import Path
from typing import Any

import pytest

from rubrics.answers import RawAnswer, parse_answer
from rubrics.calls.decode import tensor_of
from rubrics.checks import slip_table
from rubrics.grade import CheckGrade
from rubrics.job import Job
from rubrics.judge import Judge
from rubrics.loader import load
from tests.integration.code.conftest import ANSWER, HEAD
from workers.engine import Engine
from workers.jobs import run_all
from workers.kept.key import run_key
from workers.pipeline import running

REFERENCE = """
    def power(x, y, n):
        return (x**n).sum(-1) * y.exp()

    def slope(x, y):
        return 3 * x**2 * y

    def total(x, y):
        return (x**3).sum() * y

    def half(x, y):
        return 1.5 * x**2 * y

    def powers(draw):
        yield case(draw.normal(1), draw.normal(1), 2).named("one number")
        yield case(draw.normal(3), draw.normal(1), 2).named("a square")
        for _ in range(2):
            yield case(draw.normal(2, 4), draw.normal(2), 3)

    def slopes(draw):
        for _ in range(4):
            yield case(draw.normal(4), draw.normal(1))
"""
GRADIENTS = "{id: c, kind: gradients, title: T, call: power, cases: powers%s}"
CALLS = "{id: c, kind: calls, title: T, call: slope, cases: slopes%s}"
BY_HAND = CALLS % ", derivative_of: total, wrt: [0]"
RIGHT = "import torch\ndef power(x, y, n):\n    return (x**n).sum(-1) * y.exp()\n"
CUT = RIGHT.replace("y.exp()", "(2 * y.exp() - y.exp().detach())")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "course" / "made"
    made.mkdir(parents=True)
    (made / "reference.py").write_text(HEAD + textwrap.dedent(REFERENCE))
    return made


def asked(folder: Path, check: str = GRADIENTS % "", more: str = "") -> Judge:
    (folder / "assignment.yaml").write_text(
        f"key: course/made\ntitle: Made\n{more}questions:\n"
        "  - id: q\n    title: Q\n    points: 10\n    statement: S\n"
        f"    answers: [{ANSWER}]\n    checks: [{check}]\n"
    )
    return Judge(folder)


def planned(folder: Path, judge: Judge, seed: int, source: str = RIGHT) -> dict[str, Job]:
    raw = RawAnswer(kind="code", files={}, text=source)
    return judge.plan({"q": parse_answer(load(folder).questions[0], raw)}, seed)


def graded(folder: Path, judge: Judge, engine: Engine, source: str, seed: int = 5) -> CheckGrade:
    raw = RawAnswer(kind="code", files={}, text=source)
    answers = {"q": parse_answer(load(folder).questions[0], raw)}
    runs = run_all(judge.plan(answers, seed), running(engine))
    return judge.judge(answers, runs, seed)[0].checks[0]


def calls_of(jobs: dict[str, Job]) -> dict[str, Any]:
    """Every call by its name, with its inputs."""
    return {
        call.name: (call, {k: one for k, one in job.inputs.items() if k.startswith(call.name)})
        for job in jobs.values()
        for call in job.calls
    }


def test_submissions_share_one_case_and_no_other(folder: Path) -> None:
    judge = asked(folder)
    one, other = (calls_of(planned(folder, judge, seed)) for seed in (1, 2))
    (shared,) = one.keys() & other.keys()
    assert one[shared] == other[shared]
    assert len(one) == len(other) == 5
    assert list(one)[-1] == list(other)[-1] == shared


def test_another_judge_plans_the_very_same_jobs(folder: Path) -> None:
    first, again = (planned(folder, asked(folder), 1) for _ in range(2))
    assert {k: run_key(one) for k, one in first.items()} == {
        k: run_key(one) for k, one in again.items()
    }


@pytest.mark.parametrize(
    ("check", "calls"),
    [
        (GRADIENTS % ", diagnose: false", 4),
        (GRADIENTS % ", hidden: true", 4),
        (CALLS % "", 4),
        (BY_HAND, 5),
        (CALLS % ", mistakes: [{reference: half, feedback: No.}]", 5),
        (CALLS % ", derivative_of: slope, wrt: [1]", 4),
        (CALLS % ", derivative_of: missing", 4),
    ],
)
def test_it_is_called_only_where_something_can_be_looked_up(
    folder: Path, check: str, calls: int
) -> None:
    (folder / "reference.py").write_text(
        (folder / "reference.py").read_text() + "\ndef missing(x, y):\n    raise KeyError\n"
    )
    assert len(calls_of(planned(folder, asked(folder, check), 1))) == calls


def test_each_variant_has_its_own(folder: Path) -> None:
    text = (folder / "reference.py").read_text()
    drawn = text.replace("def powers(draw)", "def powers(draw, params)")
    (folder / "reference.py").write_text(
        drawn.replace("draw.normal(2, 4)", "params.n + draw.normal(2, 4)")
    )
    judge = asked(
        folder, more="parameters: {n: {kind: int, low: 1, high: 9}}\nvariants: {count: 3}\n"
    )
    names, inputs = set(), set()
    for seed in range(12):
        calls = calls_of(planned(folder, judge, seed))
        shared = list(calls)[-1]
        names.add(shared)
        inputs.add(tuple(one.tensor.data for one in calls[shared][1].values()))
    assert (len(names), len(inputs)) == (1, 3)


def test_only_the_first_wrong_answer_pays_for_a_table(
    folder: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = asked(folder)
    first = graded(folder, judge, engine, CUT, seed=1)
    assert [one.kind for one in first.diagnoses] == ["scale"]

    def built(*_: object) -> None:
        raise AssertionError("a table is made again")

    monkeypatch.setattr(slip_table, "build", built)
    assert graded(folder, judge, engine, CUT, seed=2).diagnoses == first.diagnoses
    assert graded(folder, judge, engine, RIGHT, seed=2).diagnoses == ()


def test_a_judge_that_was_warmed_makes_no_table_for_an_answer(
    folder: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = asked(folder)
    judge.warm()

    def built(*_: object) -> None:
        raise AssertionError("a table is made for an answer")

    monkeypatch.setattr(slip_table, "build", built)
    assert [one.kind for one in graded(folder, judge, engine, CUT).diagnoses] == ["scale"]


def test_right_in_the_probe_another_case_has_a_table_of_its_own(
    folder: Path, engine: Engine
) -> None:
    judge = asked(folder)
    both = "    if n == 3:\n        return right(x, y, n)\n    return cut(x, y, n)\n"
    source = RIGHT.replace("power", "right") + CUT.replace("power", "cut")
    found = graded(folder, judge, engine, f"{source}def power(x, y, n):\n{both}")
    assert (found.score, [one.kind for one in found.diagnoses]) == (5, ["scale"])


def at_the_probe(folder: Path, judge: Judge, there: str, elsewhere: str) -> str:
    """A function that knows the probe by heart: what it does there, and elsewhere."""
    calls = calls_of(planned(folder, judge, 1))
    inputs = calls[list(calls)[-1]][1]
    first = tensor_of(next(iter(inputs.values())).tensor).flatten()[0].item()
    return (
        "import os, torch\ndef power(x, y, n):\n"
        f"    if abs(x.flatten()[0].item() - {first!r}) < 1e-6:\n        {there}\n    {elsewhere}\n"
    )


REALLY = "return (x**n).sum(-1) * y.exp()"


@pytest.mark.parametrize("there", ["return x.sum() + y.sum()", "os._exit(0)", "1 / 0", "return 1"])
def test_it_costs_nothing(folder: Path, engine: Engine, there: str) -> None:
    judge = asked(folder)
    found = graded(folder, judge, engine, at_the_probe(folder, judge, there, REALLY))
    assert (found.score, found.feedback, found.diagnoses) == (10, "All 4 cases are right.", ())


def test_who_knows_it_has_gained_nothing(folder: Path, engine: Engine) -> None:
    judge = asked(folder)
    found = graded(folder, judge, engine, at_the_probe(folder, judge, REALLY, "return 0 * x * y"))
    assert found.score == 0


def test_a_mistake_earns_only_where_it_is_made_in_all_cases(folder: Path, engine: Engine) -> None:
    mistake = "{reference: half, feedback: No., credit: 0.5}"
    judge = asked(folder, CALLS % f", mistakes: [{mistake}]")
    source = "def slope(x, y):\n    return 1.5 * x**2 * y\n"
    assert graded(folder, judge, engine, source).score == 5
    calls = calls_of(planned(folder, judge, 1))
    inputs = calls[list(calls)[-1]][1]
    first = tensor_of(next(iter(inputs.values())).tensor).flatten()[0].item()
    known = f"    if abs(x[0].item() - {first!r}) < 1e-6:\n        return 1.5 * x**2 * y\n"
    source = f"def slope(x, y):\n{known}    return 7 * x * y\n"
    assert (graded(folder, judge, engine, source).score) == 0
    source = "def slope(x, y):\n    return 2 * x**2 * y\n"
    assert graded(folder, judge, engine, source).diagnoses == ()
