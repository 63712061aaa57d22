"""Grades by the real judge, so that pages are tested with what students will read."""

import json
import struct
from functools import lru_cache
from pathlib import Path

from rubrics.answers import ParsedAnswer
from rubrics.answers.expression.formula import read
from rubrics.answers.expression.spec import ExpressionSpec
from rubrics.grade import Grade, SandboxUse
from rubrics.job import PlainValue, Run, TensorValue
from rubrics.judge import Judge
from rubrics.loader import load
from rubrics.score import assemble

PAPER_FOLDER = Path(__file__).resolve().parents[3] / "rubrics/library/autograd/paper-1"
RIGHT = "[0.9673, 1.6824, 2.0190, 579.9380]"
PAPER = "[0.4722, 0.0000, 0.9642, 135.0000]"
THIRD_WRONG = "[0.9673, 1.6824, 2.0910, 579.9380]"
SWAPPED = "[1.6824, 0.9673, 2.0190, 579.9380]"
NEGATED = "[-0.9673, -1.6824, -2.0190, -579.9380]"

LAYERS = ("landlock", "mnt-namespace", "net-namespace", "not-root", "rlimits", "seccomp")
USE = SandboxUse(layers=LAYERS, wall_ms=11.4, cpu_ms=9.8, peak_mb=6.2)


@lru_cache(maxsize=1)
def judge() -> Judge:
    """The paper's judge, warm; it imports torch, so only who needs a grade calls this."""
    made = Judge(PAPER_FOLDER)
    made.warm()
    return made


def ran(values: str) -> Run:
    """What the sandbox ships for a script that leaves these four numbers in `x.grad`."""
    numbers = [float(one) for one in values.strip("[]").split(",")]
    value = TensorValue(dtype="float32", shape=(4,), data=struct.pack("<4f", *numbers))
    return Run(ended=None, values={"x.grad": value}, use=USE)


def formula(answer: ParsedAnswer) -> Run:
    """What the sandbox ships for the formula of question 2a: the same parser, run here."""
    asked = load(PAPER_FOLDER).question("q2a").answers[0]
    assert isinstance(asked, ExpressionSpec)
    nodes = json.dumps(read(answer.text, asked.spellings))
    values = {"nodes": PlainValue(json_text=nodes), "fault": PlainValue(json_text='""')}
    return Run(ended=None, values=values)


def grade(
    student: str, attempt: int, answers: dict[str, ParsedAnswer], run: Run | None = None
) -> Grade:
    """The grade of these answers; `run` is what a script for question 1 produced."""
    runs = {} if run is None else {"q1": run}
    runs |= {name: formula(one) for name, one in answers.items() if one.kind == "expression"}
    questions = judge().judge(answers, runs, seed=1)
    use = SandboxUse() if run is None else run.use
    versions = judge().versions()
    return assemble(load(PAPER_FOLDER), student, attempt, questions, use, versions)
