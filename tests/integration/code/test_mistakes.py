"""Misconceptions of the author's as functions, in the place of the reference."""

from pathlib import Path

import pytest

from rubrics.audit import inspect
from rubrics.judge import Judge
from rubrics.outcome import Outcome
from tests.integration.code.conftest import GradeCode

REFERENCE = """
    def mean(x):
        return x.mean()

    def summed(x):
        return x.sum()

    def naive(x):
        return x.exp().mean().log() * 0 + x.mean()

    def again(x):
        return x.flatten().sum()

    def formula(x):
        return x.sum() / x.numel()

    def fails(x):
        return x.missing()

    def cases(draw):
        yield case(draw.normal(1)).named("one number")
        yield case(draw.normal(4) + 200).named("great numbers")
        yield case(draw.normal(2, 3))
"""
CHECK = "- {id: c, kind: calls, title: T, call: mean, cases: cases, mistakes: [%s]}"
SUMMED = "{reference: summed, feedback: Divide by the count., credit: 0.6}"
NAIVE = "{reference: naive, feedback: It overflows.}"


@pytest.mark.parametrize(
    ("body", "score", "kinds"),
    [
        ("x.sum()", 6, ["known_mistake"]),
        ("x.mean()", 10, []),
        ("x.exp().mean().log() * 0 + x.mean()", 20 / 3, ["known_mistake"]),
        ("x.sum() if x.dim() == 1 else x.sum() + 1", 10 / 3, []),
        ("x.sum() if x.numel() > 1 else x.sum() + 1", 0, []),
        ("0 * x.sum()", 0, []),
        ("x.sum().item()", 0, []),
    ],
)
def test_a_mistake_must_fit_in_every_case(
    grade_code: GradeCode, body: str, score: float, kinds: list[str]
) -> None:
    source = f"def mean(x):\n    return {body}\n"
    found = grade_code(source, CHECK % f"{SUMMED}, {NAIVE}", REFERENCE)["c"]
    assert found.score == pytest.approx(score)
    assert [one.kind for one in found.diagnoses] == kinds
    right = Outcome.CORRECT if score == 10 else Outcome.PARTIAL
    assert found.outcome == (right if score else Outcome.WRONG)


def test_a_mistake_that_fails_explains_nothing_and_costs_nothing(grade_code: GradeCode) -> None:
    mistakes = "{reference: fails, feedback: No.}, " + SUMMED
    found = grade_code("def mean(x):\n    return x.sum()\n", CHECK % mistakes, REFERENCE)["c"]
    assert (found.score, [one.where for one in found.diagnoses]) == (6, ["`summed`"])


def test_what_the_code_never_gave_is_no_mistake(grade_code: GradeCode) -> None:
    found = grade_code("def mean(x):\n    raise KeyError\n", CHECK % SUMMED, REFERENCE)["c"]
    assert (found.score, found.outcome, found.diagnoses) == (0, Outcome.CRASHED, ())


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ("formula", "`formula` is right in every case"),
        ("again", "`again` gives the same as `summed`"),
        ("fails", "`fails` fails (line 20)"),
        ("naive", ""),
    ],
)
def test_check_refuses(grade_code: GradeCode, tmp_path: Path, mistake: str, said: str) -> None:
    mistakes = f"{SUMMED}, {{reference: {mistake}, feedback: No.}}"
    grade_code("def mean(x):\n    return x.mean()\n", CHECK % mistakes, REFERENCE)
    findings = inspect(Judge(tmp_path / "course" / "made").pose(0)).findings
    assert [one.part for one in findings] == ([("mistakes", 1)] if said else [])
    assert all(said in one.message for one in findings)


PLAIN = """
    def above(x):
        return bool(x.sum() > 0)

    def below(x):
        return bool(x.sum() < 0)

    def count(x):
        return int((x > 0).sum())

    def none(x):
        return 0

    def inverted(x):
        return int((x <= 0).sum())

    def two(draw):
        yield case(torch.ones(2))
        yield case(-torch.ones(3))

    def many(draw):
        for size in (9, 17, 26, 41):
            yield case(torch.cat([torch.ones(size), -torch.ones(size // 3)]))
"""


@pytest.mark.parametrize(
    ("call", "cases", "mistake", "named"),
    [
        ("above", "two", "below", False),
        ("count", "many", "none", False),
        ("count", "two", "inverted", False),
        ("count", "many", "inverted", True),
    ],
)
def test_a_mistake_is_not_known_by_values_that_chance_gives(
    grade_code: GradeCode, tmp_path: Path, call: str, cases: str, mistake: str, named: bool
) -> None:
    check = f"- {{id: c, kind: calls, title: T, call: {call}, cases: {cases}, mistakes: [%s]}}"
    known = f"{{reference: {mistake}, feedback: No., credit: 0.5}}"
    bodies = {
        "below": "bool(x.sum() < 0)",
        "none": "0",
        "inverted": "int((x <= 0).sum())",
    }
    source = f"def {call}(x):\n    return {bodies[mistake]}\n"
    found = grade_code(source, check % known, PLAIN)["c"]
    assert [one.kind for one in found.diagnoses] == (["known_mistake"] if named else [])
    assert found.score == (5 if named else 0)
    findings = inspect(Judge(tmp_path / "course" / "made").pose(0)).findings
    assert [f"`{mistake}` is like many" in one.message for one in findings] == [True] * (not named)
