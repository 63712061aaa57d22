"""Helpers of the rubrics' tests: assignments made on the spot, and scripts run for real."""

import json
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from rubrics.answers import ParsedAnswer, RawAnswer, parse_answer
from rubrics.answers.expression.formula import Unreadable, read
from rubrics.grade import CheckGrade, QuestionGrade
from rubrics.job import Job, PlainValue, Run, TensorValue, Value
from rubrics.judge import Judge
from rubrics.loader import find, library_roots, load
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


def read_formula(job: Job) -> Run:
    """What the sandbox would ship for a formula: the same parser, run here."""
    nodes, fault = [], ""
    try:
        nodes = read(job.files["answer.txt"].decode(), json.loads(job.files["symbols.json"]))
    except Unreadable as why:
        fault = str(why)
    values = {"nodes": json.dumps(nodes), "fault": json.dumps(fault)}
    return Run(ended=None, values={key: PlainValue(json_text=one) for key, one in values.items()})
