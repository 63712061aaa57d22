"""Misconceptions of the author's as code: named first, worth their credit, and never by chance."""

from pathlib import Path

import pytest
import torch

from rubrics.audit import inspect
from rubrics.findings import Finding
from rubrics.judge import Judge
from rubrics.loader import AssignmentError, load
from rubrics.outcome import Outcome
from tests.unit.rubrics.conftest import Write, left, shipped, typed

REFERENCE = """
X = [0.31, 0.72, 1.13]


def ref():
    return Gradient(of=lambda x: (x**3).mean(), at={"x": torch.tensor(X)}, wrt="x")


def summed():
    return 3 * torch.tensor(X) ** 2


def forgot():
    return torch.tensor(X) ** 2 + 0.25


def by_column():
    return forgot().reshape(3, 1)
"""
SUMMED = "{reference: summed, feedback: Divide by 3., credit: 0.25}"
FORGOT = "{reference: forgot, feedback: No., credit: 0.5}"
ANSWER = "[{kind: tensor, shape: [3], decimals: 3}]"
RIGHT, TWICE = [0.0961, 0.5184, 1.2769], [0.2883, 1.5552, 3.8307]


def asked(write: Write, mistakes: str, answers: str = ANSWER, more: str = "") -> Path:
    checks = f"[{{id: v, kind: values, title: V, reference: ref, mistakes: [{mistakes}]{more}}}]"
    return write(answers=answers, checks=checks, reference=REFERENCE, points=4)


def text(values: list[float]) -> str:
    return " ".join(f"{one:.3f}" for one in values)


def test_a_mistake_goes_before_the_slips_and_earns_its_credit(write: Write) -> None:
    found = typed(asked(write, SUMMED), text(TWICE))
    assert (found.outcome, found.score) == (Outcome.PARTIAL, 1)
    first = found.diagnoses[0]
    assert (first.kind, first.where, first.text) == ("known_mistake", "`summed`", "Divide by 3.")
    assert "scale" in {one.kind for one in found.diagnoses[1:]}


def test_right_components_earn_more_than_the_mistake_if_they_do(write: Write) -> None:
    folder = asked(write, SUMMED)
    part = typed(folder, text([*RIGHT[:2], 9]))
    assert (part.score, part.outcome) == (pytest.approx(8 / 3), Outcome.PARTIAL)
    assert all(one.kind != "known_mistake" for one in part.diagnoses)
    assert typed(folder, text(RIGHT)).diagnoses == ()
    assert typed(folder, text([7, 8, 9])).score == 0


def test_it_needs_no_diagnosis_and_beats_all_or_nothing(write: Write) -> None:
    folder = asked(write, SUMMED, more=", diagnose: false, credit: all")
    found = typed(folder, text(TWICE))
    assert (found.score, [one.kind for one in found.diagnoses]) == (1, ["known_mistake"])


def test_what_a_script_left_behind_is_told_alike(write: Write) -> None:
    folder = asked(write, SUMMED, "[{kind: code, collect: x.grad}]")
    found = left(folder, shipped(torch.tensor(TWICE)))
    assert (found.score, found.diagnoses[0].kind) == (1, "known_mistake")


def test_another_shape_may_be_the_mistake(write: Write) -> None:
    mistake = "{reference: by_column, feedback: A row., credit: 0.1}"
    folder = asked(write, mistake, "[{kind: code, collect: x.grad}]")
    wrong = torch.tensor([[0.3461], [0.7684], [1.5269]])
    found = left(folder, shipped(wrong))
    assert (found.score, found.outcome) == (pytest.approx(0.4), Outcome.PARTIAL)
    assert "shape [3, 1]" in found.feedback
    assert left(folder, shipped(wrong + 1)).score == 0


def test_what_chance_would_do_as_well_is_not_named(write: Write) -> None:
    """One number of two digits is hit too often."""
    reference = (
        "def ref():\n    return torch.tensor(7)\n\n\ndef less():\n    return torch.tensor(6)\n"
    )
    checks = "[{id: v, kind: values, title: V, reference: ref, mistakes: [LESS]}]"
    less = "{reference: less, feedback: One more., credit: 0.5}"
    folder = write(
        "[{kind: tensor, shape: [], decimals: 0}]", checks.replace("LESS", less), reference
    )
    assert typed(folder, "6").score == 0
    (finding,) = found_in(folder)
    assert "never be named" in finding.message


@pytest.mark.parametrize("body", ["raise KeyError('x')", "return 1 / 0", "raise SystemExit"])
def test_a_mistake_that_fails_costs_no_grade(write: Write, body: str) -> None:
    folder = asked(write, "{reference: bad, feedback: No.}, " + SUMMED)
    with (folder / "reference.py").open("a") as file:
        file.write(f"\n\ndef bad():\n    {body}\n")
    found = typed(folder, text(TWICE))
    assert (found.score, found.diagnoses[0].kind) == (1, "known_mistake")
    (finding,) = found_in(folder)
    assert finding.message.startswith("the mistake `bad` fails")
    assert finding.part == ("mistakes", 0)


def found_in(folder: Path) -> tuple[Finding, ...]:
    return inspect(Judge(folder).pose(0)).findings


@pytest.mark.parametrize(
    ("mistakes", "said", "at"),
    [
        (SUMMED + ", " + FORGOT, "", 0),
        (FORGOT + ", {reference: formula, feedback: No.}", "the mistake `formula` is right", 1),
        (FORGOT + ", {reference: again, feedback: No.}", "`again` gives the same as `forgot`", 1),
        ("{reference: endless, feedback: No.}", "is not finite", 0),
    ],
)
def test_check_refuses_what_is_right_or_coincides(
    write: Write, mistakes: str, said: str, at: int
) -> None:
    folder = asked(write, mistakes)
    with (folder / "reference.py").open("a") as file:
        file.write("\n\ndef formula():\n    return torch.tensor(X) ** 2\n")
        file.write("\n\ndef again():\n    return 0.25 + torch.tensor(X).square()\n")
        file.write("\n\ndef endless():\n    return torch.full((3,), torch.inf)\n")
    findings = found_in(folder)
    assert [one.part for one in findings] == ([("mistakes", at)] if said else [])
    assert all(said in one.message for one in findings)


def test_a_mistake_that_is_not_there_is_told_at_loading(write: Write) -> None:
    folder = asked(write, "{reference: nowhere, feedback: No.}")
    with pytest.raises(AssignmentError, match="no function `nowhere`"):
        load(folder)
