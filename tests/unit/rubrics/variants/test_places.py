"""One mistake of a class is counted as one, though each student has numbers of their own."""

import json
from pathlib import Path

import pytest

from rubrics.answers import RawAnswer, parse_answer
from rubrics.answers.expression.formula import read
from rubrics.answers.expression.job import FAULT, NODES
from rubrics.answers.expression.places import everywhere, factor
from rubrics.grade import Diagnosis
from rubrics.job import PlainValue, Run
from rubrics.judge import Judge
from rubrics.loader import load
from rubrics.variants import draw, shown

YAML = """key: course/made
title: Made
parameters:
  m: {kind: int, low: -9, high: 9, exclude: [-1, 0, 1]}
  k: {kind: int, low: 20, high: 40}
questions:
  - id: q
    title: Q
    points: 2
    statement: "Differentiate, with $m = {{m}}$ and $k = {{k}}$."
    answers: [{kind: expression, symbols: [{name: x}, {name: t}]}]
    checks:
      - {id: v, kind: equivalent, title: V, formula: "FORMULA", mistakes: [MISTAKE]}
"""
MISTAKE = '{formula: "x*t^2 + {{m}}", feedback: "No: {{m}} is a factor."}'


def _plain(text: str) -> PlainValue:
    return PlainValue(json_text=text)


def named(folder: Path, formula: str, mistaken: str) -> list[list[Diagnosis]]:
    """What is said of a mistaken formula in some variants."""
    text = YAML.replace("FORMULA", formula).replace("MISTAKE", MISTAKE)
    (folder / "assignment.yaml").write_text(text)
    assignment, judge, found = load(folder), Judge(folder), []
    for seed in range(12):
        question = shown(assignment, draw(assignment, seed)).questions[0]
        values = draw(assignment, seed).questions["q"]
        typed = mistaken.replace("M", f"({values['m']})").replace("K", f"({values['k']})")
        answer = parse_answer(question, RawAnswer(kind="expression", text=typed))
        nodes = json.dumps(read(typed, question.answers[0].spellings))
        run = Run(ended=None, values={NODES: _plain(nodes), FAULT: _plain('""')})
        grade = judge.judge({"q": answer}, {"q": run}, seed)[0]
        found.append(list(grade.checks[0].diagnoses))
    return found


@pytest.mark.parametrize(
    ("formula", "mistaken", "kind", "where"),
    [
        ("{{m}}*x*t^2", "x*t^2 + M", "known_mistake", "mistake 1: x*t^# ± #"),
        ("{{m}}*x*t", "x*t", "scale", "1/m"),
        ("{{k}}*x*t", "x*t", "scale", "1/k"),
        ("x*t/{{k}}", "x*t", "scale", "k"),
        ("{{m}}*x*t", "-M*x*t", "sign", "the whole formula"),
        ("({{m}}*x + t)*x", "M*x + t", "missing_factor", "x"),
        ("({{m}}*x + t)*x", "x", "missing_factor", "#*x + t"),
        ("({{m}}*x + {{k}})*x*t", "(M*x - K)*x*t", "inner_sign", "#*x ± #"),
        ("{{m}}*x^2 + t^{{k}}*x", "M*x^2", "missing_term", "t^#*x"),
    ],
)
def test_a_slip_is_in_the_same_place_in_every_variant(
    tmp_path: Path, formula: str, mistaken: str, kind: str, where: str
) -> None:
    found = named(tmp_path, formula, mistaken)
    assert {(one[0].kind, one[0].where) for one in found} == {(kind, where)}
    if kind == "known_mistake":
        assert len({one[0].text for one in found}) > 1  # what the student reads has the numbers


def test_places_of_what_is_the_same_for_everybody_stay() -> None:
    assert everywhere("2*x_1 + 3", {}) == "2*x_1 + 3"
    assert everywhere("2*x_1 + 3", {"m": 5}) == "#*x_1 ± #"
    assert everywhere("x - (-2.5)", {"m": 5}) == "x ± #"
    assert factor("1/2", {"m": 5, "x": (4, 3)}) == "1/2"
    assert factor("-3", {"m": 5, "x": (4, 3)}) == "x[1]"
    assert factor("0.07143", {"m": 14}) == "1/m"
    assert factor("2", {"word": "tanh", "zero": 0, "one": 1}) == "2"
