"""`xgrad new`, and what `xgrad check` finds by running it, on the real sandbox and judges."""

import json
import re
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def made(xgrad: Any, tmp_path: Path) -> Path:
    """A new assignment with only its right, wrong and empty samples, which are quick."""
    done = xgrad("new", "my-course/first", "--folder", str(tmp_path))
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "my-course" / "first"
    for name in ("hostile", "malformed", "right-script"):
        (folder / "samples" / f"{name}.yaml").unlink()
    return folder


def change(folder: Path, before: str, after: str, file: str = "assignment.yaml") -> None:
    text = (folder / file).read_text()
    assert before in text
    (folder / file).write_text(text.replace(before, after))


def test_a_new_assignment_passes_whole(xgrad: Any, tmp_path: Path) -> None:
    assert xgrad("new", "my-course/first", "--folder", str(tmp_path)).returncode == 0
    done = xgrad("check", str(tmp_path / "my-course" / "first"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in done.stdout
    assert "6 samples got their grades, twice; 20 variants are fit" in done.stdout


def test_new_refuses_what_is_there_and_what_is_no_name(xgrad: Any, made: Path) -> None:
    again = xgrad("new", "my-course/first", "--folder", str(made.parent.parent))
    assert (again.returncode, "is there already" in again.stderr) == (3, True)
    odd = xgrad("new", "../first")
    assert (odd.returncode, "COURSE/NAME" in odd.stderr) == (2, True)


def test_tolerances_outside_the_gap_are_refused_with_their_numbers(xgrad: Any, made: Path) -> None:
    before = "        equivalents: [gradient_formula]\n"
    change(made, before, f"{before}        tolerance: {{rtol: 1.0e-9, atol: 0}}\n")
    done = xgrad("check", str(made), "--once", "--variants", "2")
    assert done.returncode == 1
    assert "assignment.yaml:" in done.stdout
    assert "the tolerance fails a right answer" in done.stdout
    change(made, "{rtol: 1.0e-9, atol: 0}", "{rtol: 0.9, atol: 5}")
    done = xgrad("check", str(made), "--once", "--variants", "2")
    assert "the tolerance passes a wrong answer" in done.stdout


SOFTPLUS_AS_IT_STANDS = """

def as_it_stands(x: torch.Tensor) -> torch.Tensor:
    return torch.where(x > 30, x, (1 + x.exp()).log())
"""


def test_a_tolerance_of_code_outside_the_gap_is_refused_with_one_that_would_do(
    xgrad: Any, made: Path
) -> None:
    """The naive formula loses digits in float32: right all the same, unless the author says no."""
    reference = made / "reference.py"
    reference.write_text(reference.read_text() + SOFTPLUS_AS_IT_STANDS)
    before = "        cases: softplus_cases\n"
    tight = "        tolerance: {rtol: 1.0e-8, atol: 0}\n"
    change(made, before, f"{before}        equivalents: [as_it_stands]\n{tight}")
    done = xgrad("check", str(made), "--once", "--variants", "2", "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    (one,) = [one for one in told["tolerances"] if one["question"] == "softplus"]
    assert (one["kind"], one["fits"], one["tolerance"]) == ("calls", False, "rtol 1e-08, atol 0")
    assert one["right"]["most"] > 1
    assert one["right"]["case"] == "entries that overflow"
    (fault,) = [one for one in told["faults"] if "the tolerance fails" in one["message"]]
    lines = (made / "assignment.yaml").read_text().splitlines()
    assert lines[fault["line"] - 1] == tight.rstrip()
    advised = re.search(r"`(tolerance: \{.*\})` would do", fault["message"])
    assert advised is not None
    change(made, tight, f"        {advised[1]}\n")
    again = xgrad("check", str(made), "--once", "--variants", "2")
    assert again.returncode == 0, again.stdout
    assert re.search(r"softplus/results \(calls, .*\): right ≤ .*, wrong ", again.stdout)


def test_unfit_variants_are_told_until_they_are_skipped(xgrad: Any, made: Path) -> None:
    """At -2 and at 0 the derivative is zero: with both, a row of zeros is mostly right."""
    drawn = "{kind: float, low: 0.2, high: 1.5, step: 0.1, size: [3], distinct: true}"
    other = "{kind: choice, options: [-2, 0, 0.4, 0.7, 1.1, 1.3], size: [3], distinct: true}"
    change(made, drawn, other)
    done = xgrad("check", str(made), "--once", "--variants", "20")
    assert done.returncode == 1
    assert re.search(r"variant \d+ \(seed \d+: x = \[.*\]\): 0 is a right answer", done.stdout)
    skip = re.search(r"`(skip: \[[\d, ]+\])`", done.stdout)
    assert skip is not None
    change(made, "\nquestions:", f"\nvariants: {{count: 20, {skip[1]}}}\nquestions:")
    again = xgrad("check", str(made), "--once", "--variants", "20")
    assert "0 is a right answer" not in again.stdout


def test_a_reference_that_fails_is_placed(xgrad: Any, made: Path) -> None:
    change(made, "square = label(", "square = labelled(", "reference.py")
    done = xgrad("check", str(made), "--once", "--variants", "2")
    assert done.returncode == 1
    assert "the reference fails (line 15)" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_mistake_that_is_right_is_refused_with_its_line(xgrad: Any, made: Path) -> None:
    before = "        equivalents: [gradient_formula]\n"
    mistake = "        mistakes:\n          - {reference: gradient_formula, feedback: No.}\n"
    change(made, before, before + mistake)
    text = (made / "assignment.yaml").read_text()
    line = text[: text.index("          - {reference: gradient_formula")].count("\n") + 1
    done = xgrad("check", str(made), "--once", "--variants", "2")
    assert done.returncode == 1
    assert f"assignment.yaml:{line}: " in done.stdout
    assert "the mistake `gradient_formula` is right" in done.stdout
