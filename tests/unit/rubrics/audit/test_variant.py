"""Variants that nobody should get are found, and only those."""

from pathlib import Path

import pytest

from rubrics.audit import inspect
from rubrics.findings import VariantReport
from rubrics.judge import Judge

YAML = """key: course/made
title: Made
questions:
  - id: q
    title: Q
    points: 1
    statement: "$x = {{x}}$, {{m}}"
    parameters:
      x: {kind: float, low: 0.3, high: 2, step: 0.1, size: [3], distinct: true}
      m: {kind: choice, options: OPTIONS}
    answers: [{kind: tensor, shape: [3], decimals: 3}]
    checks: [{id: v, kind: values, title: V, reference: ref, credit: CREDIT}]
"""
HEAD = "import torch\nfrom rubrics.reference import Gradient\n\n\ndef ref(params):\n"
BODY = '    return Gradient(of=lambda x: {of}, at={{"x": torch.tensor(params.x)}}, wrt="x")\n'


@pytest.fixture
def tried(tmp_path: Path):
    """Reports of some variants of `of`, a function of x and params.m."""

    def try_out(
        of: str, options: str = "[3, 5]", count: int = 12, credit: str = "component"
    ) -> list[VariantReport]:
        text = YAML.replace("OPTIONS", options).replace("CREDIT", credit)
        (tmp_path / "assignment.yaml").write_text(text)
        (tmp_path / "reference.py").write_text(HEAD + BODY.format(of=of))
        judge = Judge(tmp_path)
        return [inspect(judge.pose(number)) for number in range(count)]

    return try_out


def said(report: VariantReport) -> str:
    return "; ".join(one.message for one in report.findings)


def test_a_sound_question_is_fit_in_every_variant(tried) -> None:
    reports = tried("(params.m * x**3).sum()")
    assert [said(one) for one in reports] == [""] * 12
    assert all(len(one.slips["q/v"]) > 5 for one in reports)


def test_a_gradient_that_vanishes_or_overflows_is_found(tried) -> None:
    reports = tried("(x * params.m).sum() ** 2", options="[1.0e-9, 3]")
    assert {"the gradient vanishes" in said(one) for one in reports} == {True, False}
    reports = tried("(x * params.m).exp().sum()", options="[3, 900]")
    assert {"not finite" in said(one) for one in reports} == {True, False}
    reports = tried("(x * params.m).exp().sum()", options="[3, 200]")
    assert {"not finite in float32" in said(one) for one in reports} == {True, False}


def test_a_component_lost_in_the_digits_is_found(tried) -> None:
    reports = tried("(x * params.m).exp().sum()", options="[3, -10]")
    assert any("takes it for zero" in said(one) for one in reports)


@pytest.mark.parametrize(
    ("of", "what"),
    [
        ("x.sum() + params.m", "1 is a right answer"),
        ("(x**2).sum() / 2 + params.m", "the input `x` is a right answer"),
    ],
)
def test_a_trivial_answer_is_found(tried, of: str, what: str) -> None:
    assert all(what in said(one) for one in tried(of, count=2))


def test_a_trivial_half_counts_only_where_components_do(tried) -> None:
    of = "x[:2].sum() + params.m * x[2] ** 2"
    assert all("1 is a right answer in 67% of" in said(one) for one in tried(of, count=2))
    assert all("is a right answer" not in said(one) for one in tried(of, count=2, credit="all"))


def test_a_failing_reference_is_told_with_its_line(tried) -> None:
    reports = tried("(x / (0 if params.m == 5 else 1)).missing()", count=4)
    assert all("the reference fails (line 6)" in said(one) for one in reports)


def test_a_slip_that_merges_with_another_is_missing_from_the_report(tried) -> None:
    """With m = 2 the lost exponent is the very factor 2 that a sign-less slip loses as well."""
    reports = tried("(x**3).sum() * params.m", options="[3, 7]")
    sizes = {one.slips["q/v"] for one in reports}
    assert len(sizes) == 2


FORMULAS = """key: course/made
title: Made
questions:
  - id: q
    title: Q
    points: 1
    statement: "$m = {{m}}$"
    parameters:
      m: {kind: int, low: 0, high: 3}
    answers: [{kind: expression, symbols: [{name: x}]}]
    checks:
      - id: v
        kind: equivalent
        title: V
        formula: "FORMULA"
        mistakes: [{formula: "MISTAKE", feedback: "No."}]
"""


def formulas(folder: Path, formula: str, mistake: str) -> dict[int, set[str]]:
    """What is said of the formula, by the value that was drawn."""
    text = FORMULAS.replace("FORMULA", formula).replace("MISTAKE", mistake)
    (folder / "assignment.yaml").write_text(text)
    judge, found = Judge(folder), dict[int, set[str]]()
    for number in range(30):
        posed = judge.pose(number)
        drawn = int(posed.references["q"].author.params["m"])
        found[drawn] = {one.message for one in inspect(posed).findings}
    return found


def test_a_formula_that_is_trivial_in_some_variants_is_found(tmp_path: Path) -> None:
    assert formulas(tmp_path, "{{m}}*x", "2*x*x") == {
        0: {"the formula is only `0`"},
        1: {"the formula is only `x`"},
        2: set(),
        3: set(),
    }


def test_a_mistake_that_is_right_in_some_variants_is_found(tmp_path: Path) -> None:
    found = formulas(tmp_path, "{{m}}*x + sin(x)", "2*x + sin(x)")
    assert {drawn for drawn, said in found.items() if said} == {2}
    assert found[2] == {"the mistake `2*x + sin(x)` is right"}


def test_a_formula_without_a_value_in_some_variants_is_found(tmp_path: Path) -> None:
    found = formulas(tmp_path, "x/({{m}}*sin(x))", "x")
    assert {drawn for drawn, said in found.items() if said} == {0}
    assert next(iter(found[0])).startswith("the reference fails: it has no finite value")


def test_a_drawn_vector_is_an_input_without_a_gradient_too(tmp_path: Path) -> None:
    text = YAML.replace("OPTIONS", "[1, 5]").replace("CREDIT", "component")
    (tmp_path / "assignment.yaml").write_text(text)
    (tmp_path / "reference.py").write_text(HEAD + "    return torch.tensor(params.x) * params.m\n")
    judge = Judge(tmp_path)
    told = {said(inspect(judge.pose(number))) for number in range(12)}
    assert told == {"", "the input `x` is a right answer"}
