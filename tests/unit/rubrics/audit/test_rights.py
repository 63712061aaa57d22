"""Right functions that round differently must pass checks of code; `xgrad check` tries them."""

from pathlib import Path

import pytest

from rubrics.audit import inspect
from rubrics.judge import Judge
from rubrics.loader import AssignmentError

REFERENCE = """
    import torch
    from rubrics.reference import case

    def f(x):
        return x.exp().sum() ** 1.5 if SUMMED else torch.logsumexp(x, 0)

    def naive(x):
        return x.exp().sum().log()

    def wrong(x):
        return x.exp().mean().log()

    def fails(x):
        return x.missing()

    def split(x, w):
        return torch.where(x > 0, 1.0, -1.0) * w

    def signed(x, w):
        return x.sign() * w

    def halves(draw):
        yield case(draw.uniform(0.5, 1, 3), draw.normal(3))

    def cases(draw):
        yield case(torch.zeros(2).double()).named("zeros")
        yield case(draw.normal(4001).double() * 6).named("many numbers")
"""
CHECK = "{id: c, kind: calls, title: T, call: f, cases: cases, MORE}"
LOOSE = "tolerance: {rtol: 1.0e-4, atol: 1.0e-4}"
NONE = "tolerance: {rtol: 0, atol: 0}"


def said(folder: Path, check: str, summed: bool = False) -> list[str]:
    (folder / "assignment.yaml").write_text(
        "key: course/made\ntitle: M\nquestions:\n  - {id: q, title: Q, points: 1, statement: S,"
        f" answers: [{{kind: code}}], checks: [{check}]}}\n"
    )
    lines = [line.removeprefix("    ") for line in REFERENCE.splitlines()]
    text = "\n".join(lines).replace("SUMMED", str(summed))
    (folder / "reference.py").write_text(text)
    return [one.message for one in inspect(Judge(folder).pose(0)).findings]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (f"{LOOSE}, equivalents: [naive]", ""),
        (f"{LOOSE}, equivalents: [naive, wrong]", "`wrong` (zeros): "),
        (f"{LOOSE}, equivalents: [fails]", "`fails` fails (line 15): "),
        ("equivalents: [naive]", ""),
    ],
)
def test_equivalents_must_pass(tmp_path: Path, more: str, told: str) -> None:
    found = said(tmp_path, CHECK.replace("MORE", more))
    assert len(found) == bool(told)
    assert all(f"the tolerance fails a right answer: {told}" in one for one in found)


@pytest.mark.parametrize("kind", ["calls", "gradients"])
def test_another_order_of_sums_must_pass(tmp_path: Path, kind: str) -> None:
    """Of the gradients too: their backward pass divides by the sum."""
    check = CHECK.replace("kind: calls", f"kind: {kind}")
    assert said(tmp_path, check.replace("MORE", LOOSE), summed=True) == []
    (found,) = said(tmp_path, check.replace("MORE", NONE), summed=True)
    assert "a right answer: `f` with sums " in found


def test_no_path_is_a_gradient_of_zeros_here_too(tmp_path: Path) -> None:
    check = "{id: c, kind: gradients, title: T, call: split, cases: halves, equivalents: [signed]}"
    assert said(tmp_path, check) == []


def test_an_equivalent_that_is_not_there_is_told_at_loading(tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match="no function `nowhere`"):
        said(tmp_path, CHECK.replace("MORE", "equivalents: [nowhere]"))
