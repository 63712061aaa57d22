"""The judge poses the variant of the seed: its reference, its hidden inputs, its neighbours."""

from pathlib import Path

import pytest
import torch

from rubrics.answers import RawAnswer, parse_answer
from rubrics.grade import QuestionGrade
from rubrics.judge import Judge
from rubrics.judge.posed import KEPT
from rubrics.loader import load
from rubrics.variants import draw

YAML = """key: course/made
title: Made
parameters:
  x: {kind: float, low: 0.2, high: 3, step: 0.1, size: [3], distinct: true}
questions:
  - id: cube
    title: Cube
    points: 3
    statement: "The gradient of the sum of cubes at $x = {{x}}$."
    answers: [{kind: tensor, shape: [3], decimals: 4}]
    checks: [{id: v, kind: values, title: V, reference: cube}]
  - id: first
    title: First
    points: 1
    statement: "The first of $x = {{x}}$, times {{k}}."
    parameters:
      k: {kind: int, low: 2, high: 9}
    answers: [{kind: number, significant: 2}]
    checks: [{id: v, kind: values, title: V, reference: first}]
  - id: plain
    title: Plain
    points: 1
    statement: "The same for everybody."
    answers: [{kind: number, decimals: 2}]
    checks: [{id: v, kind: values, title: V, reference: plain}]
"""
REFERENCE = """
import torch
from rubrics.reference import Gradient


def cube(params):
    return Gradient(of=lambda x: (x**3).sum(), at={"x": torch.tensor(params.x)}, wrt="x")


def first(params):
    return params.x[0] * params["k"]


def plain():
    return 1.5
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assignment.yaml").write_text(YAML)
    (tmp_path / "reference.py").write_text(REFERENCE)
    return tmp_path


def judged(judge: Judge, folder: Path, seed: int, **typed: str) -> dict[str, QuestionGrade]:
    assignment = load(folder)
    kinds = {one.id: one.answers[0].kind for one in assignment.questions}
    parsed = {
        name: parse_answer(assignment.question(name), RawAnswer(kind=kinds[name], text=text))
        for name, text in typed.items()
    }
    return {one.id: one for one in judge.judge(parsed, {}, seed)}


def cubes(folder: Path, seed: int) -> str:
    x = torch.tensor(draw(load(folder), seed).shared.x, dtype=torch.float64)
    return str([round(one, 4) for one in (3 * x**2).tolist()])


def first(folder: Path, seed: int) -> str:
    params = draw(load(folder), seed).questions["first"]
    return f"{params.x[0] * params.k:.2g}"


def test_each_seed_has_its_own_right_answer(folder: Path) -> None:
    judge = Judge(folder)
    judge.warm()
    for seed in (1, 2, 2**61 + 17):
        texts = {"cube": cubes(folder, seed), "first": first(folder, seed), "plain": "1.5"}
        grades = judged(judge, folder, seed, **texts)
        assert [one.score for one in grades.values()] == [3, 1, 1]


def test_a_neighbours_numbers_are_named(folder: Path) -> None:
    grade = judged(Judge(folder), folder, 1, cube=cubes(folder, 2))["cube"].checks[0]
    assert grade.score == 0
    named = [(one.kind, one.where) for one in grade.diagnoses]
    assert named == [("other_variant", "another student's variant")]
    assert "another student's values" in grade.diagnoses[0].text


def test_a_neighbours_two_digits_prove_nothing(folder: Path) -> None:
    """With 200 variants about, any number of two digits is somebody's."""
    judge = Judge(folder)
    for seed in range(20):
        grade = judged(judge, folder, 1, first=first(folder, seed))["first"].checks[0]
        assert all(one.kind != "other_variant" for one in grade.diagnoses)


def test_a_slip_in_ones_own_variant_keeps_its_name(folder: Path) -> None:
    x = torch.tensor(draw(load(folder), 1).shared.x, dtype=torch.float64)
    slip = str([round(one, 4) for one in (-3 * x**2).tolist()])
    grade = judged(Judge(folder), folder, 1, cube=slip)["cube"].checks[0]
    assert [one.kind for one in grade.diagnoses] == ["sign"]


def test_grades_do_not_depend_on_what_was_judged_before(folder: Path) -> None:
    judge = Judge(folder)
    texts = {"cube": cubes(folder, 2), "first": "1"}
    before = judged(judge, folder, 1, **texts)
    for seed in range(KEPT + 5):
        judged(judge, folder, seed, first="1")
    assert len(judge._poser._kept) == KEPT
    assert judged(judge, folder, 1, **texts) == before
