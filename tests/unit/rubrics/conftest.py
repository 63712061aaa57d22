"""Helpers of the rubrics' tests: assignments made on the spot, and scripts run for real."""

import json
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from rubrics.answers import ParsedAnswer, RawAnswer, parse_answer
from rubrics.answers.expression.formula import Unreadable, read
from rubrics.grade import CheckGrade, QuestionGrade
from rubrics.job import Job, Missing, PlainValue, Run, RunError, TensorValue, Value
from rubrics.judge import Judge
from rubrics.loader import find, library_roots, load
from rubrics.outcome import Outcome
from rubrics.schema import Assignment

PAPER = "autograd/paper-1"

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def paper() -> Assignment:
    return load(find(library_roots())[PAPER])


@pytest.fixture(scope="session")
def paper_judge(paper: Assignment) -> Judge:
    judge = Judge(paper.folder)
    judge.warm()
    return judge


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write an assignment with one question `q`, from YAML of its parts and a reference."""

    def make(
        answers: str = "[{kind: tensor, shape: [2], decimals: 2}]",
        checks: str = "[{id: v, kind: values, title: Values, reference: ref}]",
        reference: str = "def ref():\n    return torch.tensor([1.0, 2.0])\n",
        points: float = 2,
    ) -> Path:
        folder = tmp_path / "course" / "made"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "assignment.yaml").write_text(
            "key: course/made\ntitle: Made\nquestions:\n"
            f"  - id: q\n    title: Q\n    points: {points}\n    statement: S\n"
            f"    answers: {answers}\n    checks: {checks}\n"
        )
        head = "import torch\nfrom rubrics.reference import Gradient, label\n\n\n"
        (folder / "reference.py").write_text(head + textwrap.dedent(reference))
        return folder

    return make


def grade(folder: Path, raw: RawAnswer, run: Run | None = None) -> QuestionGrade:
    """Judge one answer to the first question of `folder`."""
    question = load(folder).questions[0]
    parsed: ParsedAnswer = parse_answer(question, raw)
    runs = {} if run is None else {question.id: run}
    return Judge(folder).judge({question.id: parsed}, runs, seed=1)[0]


def typed(folder: Path, text: str) -> CheckGrade:
    """Judge typed numbers by the first check."""
    return grade(folder, RawAnswer(kind="tensor", text=text)).checks[0]


def left(folder: Path, value: Value, name: str = "x.grad") -> CheckGrade:
    """Judge a script that left `value` behind, by the first check."""
    raw = RawAnswer(kind="code", text="pass")
    return grade(folder, raw, Run(ended=None, values={name: value})).checks[0]


def shipped(value: torch.Tensor) -> TensorValue:
    """A tensor as the sandbox ships it."""
    flat = value.detach().contiguous().reshape(-1)
    data = bytes(flat.view(torch.uint8).tolist()) if flat.numel() else b""
    dtype = str(value.dtype).removeprefix("torch.")
    return TensorValue(dtype=dtype, shape=tuple(value.shape), data=data)


def execute(job: Job) -> Run:
    """Run a sample's script here and now; only the endless one is not waited for."""
    if "formula.zip" in job.files:
        return read_formula(job)
    source = job.files[job.entry]
    if b"while True" in source:
        return Run(ended=Outcome.TIMED_OUT, explanation="It ran longer than 3 s, the limit.")
    scope: dict[str, Any] = {"__name__": "__main__"}
    try:
        exec(compile(source, job.entry, "exec"), scope)
    except SyntaxError as fault:
        error = RunError(type="SyntaxError", message=fault.msg, file=job.entry, line=fault.lineno)
        return Run(ended=Outcome.MALFORMED, error=error)
    except Exception as fault:
        error = RunError(type=type(fault).__name__, message=str(fault), file=job.entry, line=7)
        return Run(ended=Outcome.CRASHED, error=error)
    return Run(ended=None, values={name: _collected(scope, name) for name in job.collect})


def read_formula(job: Job) -> Run:
    """What the sandbox would ship for a formula: the same parser, run here."""
    nodes, fault = [], ""
    try:
        nodes = read(job.files["answer.txt"].decode(), json.loads(job.files["symbols.json"]))
    except Unreadable as why:
        fault = str(why)
    values = {"nodes": json.dumps(nodes), "fault": json.dumps(fault)}
    return Run(ended=None, values={key: PlainValue(json_text=one) for key, one in values.items()})


def _collected(scope: dict[str, Any], dotted: str) -> Value:
    first, *rest = dotted.split(".")
    if first not in scope:
        return Missing(reason="undefined", detail=f"the script defines no '{first}'")
    value = scope[first]
    for part in rest:
        value = getattr(value, part)
    if value is None:
        return Missing(reason="none", detail=f"'{dotted}' is None")
    if isinstance(value, list):
        return PlainValue(json_text=str(value))
    return shipped(value)
