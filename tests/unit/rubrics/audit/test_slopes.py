"""The tolerance of `gradcheck` must leave room for the reference's own gradient."""

from pathlib import Path

import pytest

from rubrics.audit import Setting, measure
from rubrics.findings import Room
from rubrics.judge import Judge
from tests.unit.rubrics.conftest import Write

REFERENCE = """
    from rubrics.reference import case


    def f(x):
        return (x.exp() * x.sum()).sum()


    def cases(draw):
        yield case(torch.zeros(0))
        yield case(draw.normal(4))
"""


def room(write: Write, more: str) -> Room:
    check = f"{{id: c, kind: gradcheck, title: C, call: f, cases: cases, {more}}}"
    folder: Path = write(answers="[{kind: code}]", checks=f"[{check}]", reference=REFERENCE)
    (found,) = measure(Judge(folder).pose(0), "q", Setting()).rooms
    return found


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ("credit: all", True),
        ("tolerance: {rtol: 1.0e-15, atol: 0}", False),
        ("step: 0.1", False),
    ],
)
def test_the_references_own_slope_must_pass(write: Write, more: str, fits: bool) -> None:
    found = room(write, more)
    assert (found.used <= 1) is fits
    assert found.kind == "gradcheck"
