"""Variants of code questions that nobody should get are found, and only those."""

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
    statement: "{{m}}"
    parameters: {m: {kind: choice, options: OPTIONS}}
    answers: [{kind: code}]
    checks: [{id: c, title: C, call: f, cases: cases, CHECK}]
"""
REFERENCE = """import torch
from rubrics.reference import case


def f(x, params):
    BODY


class Net(torch.nn.Linear):
    pass


def fails(outputs, targets):
    return outputs.missing()


def share(outputs, targets):
    return float((outputs.argmax(-1) == targets).double().mean())


def closeness(outputs, targets):
    return float(1 - (outputs - targets).square().mean())


def cases(draw, params):
    for _ in range(4):
        CASE
"""
X = "yield case(draw.uniform(0.5, 1, 3))"
MODULE = (
    "yield case(draw.normal(2, 3), draw.normal(2, 1)).made_with(3, 1)"
    ".with_state({'weight': draw.normal(1, 3), 'bias': draw.normal(1)})"
)


def tried(
    folder: Path, body: str, check: str, case: str = X, options: str = "[0, 3]"
) -> dict[int, VariantReport]:
    """What is found, by the value that was drawn; the draws of 12 variants hold all of them."""
    (folder / "assignment.yaml").write_text(
        YAML.replace("OPTIONS", options).replace("CHECK", check)
    )
    (folder / "reference.py").write_text(REFERENCE.replace("BODY", body).replace("CASE", case))
    judge, found = Judge(folder), dict[int, VariantReport]()
    for number in range(12):
        posed = judge.pose(number)
        drawn = int(posed.references["q"].author.params["m"])
        if drawn not in found:
            found[drawn] = inspect(posed)
    return found


def said(found: dict[int, VariantReport]) -> dict[int, list[str]]:
    return {drawn: [one.message for one in report.findings] for drawn, report in found.items()}


@pytest.mark.parametrize("kind", ["calls", "gradients"])
def test_a_sound_question_is_fit(tmp_path: Path, kind: str) -> None:
    found = tried(tmp_path, "return (params.m + 2) * x.exp() + x", f"kind: {kind}")
    assert said(found) == {0: [], 3: []}


@pytest.mark.parametrize(
    ("body", "check", "what"),
    [
        ("return params.m * x", "kind: calls", "0 is a right answer in every case"),
        ("return 1 + params.m * x", "kind: calls", "1 is a right answer in every case"),
        ("return x + params.m", "kind: calls", "argument 1 itself is a right answer in every case"),
        ("x += params.m; return x", "kind: in_place", "an unchanged argument is a right answer"),
        ("return params.m * x.exp()", "kind: gradients", "the gradient vanishes"),
        ("return params.m * x.exp() + x", "kind: double_backward", "the gradient vanishes"),
    ],
)
def test_a_trivial_function_is_right_in_some_variants(
    tmp_path: Path, body: str, check: str, what: str
) -> None:
    found = said(tried(tmp_path, body, check))
    assert found[3] == []
    (told,) = found[0]
    assert told.startswith(what)


def test_a_module_that_never_learns_is_found(tmp_path: Path) -> None:
    check = "kind: parameters_after, reference: Net, options: {lr: LR}"
    found = said(tried(tmp_path, "return x", check.replace("LR", "0.5"), MODULE))
    assert found == {0: [], 3: []}
    found = said(tried(tmp_path, "return x", check.replace("LR", "1.0e-12"), MODULE))
    assert found[0] == ["no step at all is a right answer in every case"]


def test_a_function_that_overflows_in_some_variants_is_found(tmp_path: Path) -> None:
    found = said(tried(tmp_path, "return (x * params.m).exp()", "kind: calls", options="[2, 900]"))
    assert found[2] == []
    assert found[900][0].startswith("the reference fails: the reference is not finite")


def test_half_of_the_cases_are_worth_advice(tmp_path: Path) -> None:
    case = "yield case(draw.uniform(0.5, 1, 3) * (_ % 2))"
    found = said(tried(tmp_path, "return x.sin() * 2", "kind: calls", case))
    assert found[3] == [
        "half of the hidden cases or more are right for 0",
        "half of the hidden cases or more are right for argument 1 itself",
    ]
    found = said(tried(tmp_path, "return x.sin() * 2", "kind: calls, credit: all", case))
    assert found[3] == []


def test_slips_that_can_be_told_apart_are_reported(tmp_path: Path) -> None:
    """The power's own factor is lost where the exponent is 1, and its derivative is 1 itself."""
    found = tried(tmp_path, "return (2 * x) ** params.m", "kind: gradients", options="[1, 3]")
    assert len(found[1].slips["q/c"]) < len(found[3].slips["q/c"])


@pytest.mark.parametrize(
    ("check", "case", "what"),
    [
        (
            "kind: quality, metric: share, columns: 2, at_least: 0.9",
            "yield case(torch.ones(3)).asking(torch.ones(3), targets=torch.zeros(3).long())",
            ["the first class for everything is a right answer in every case"],
        ),
        (
            "kind: quality, metric: closeness, at_least: 0.9",
            "yield case(torch.ones(3)).asking(torch.ones(3), targets=torch.full((3,), 7.0))",
            ["the mean of the targets is a right answer in every case"],
        ),
        (
            "kind: quality, metric: closeness, at_least: 0.9",
            "yield case(torch.ones(3)).asking(torch.ones(3), targets=draw.normal(3))",
            [],
        ),
        (
            "kind: quality, metric: fails, at_least: 0.9",
            "yield case(torch.ones(3)).asking(torch.ones(3), targets=draw.normal(3))",
            ["the reference fails (line 14): AttributeError: "],
        ),
    ],
)
def test_a_model_that_says_always_the_same_must_not_do(
    tmp_path: Path, check: str, case: str, what: list[str]
) -> None:
    found = said(tried(tmp_path, "return x", check, case))[3]
    assert len(found) == len(what)
    assert all(one.startswith(start) for one, start in zip(found, what, strict=True))
