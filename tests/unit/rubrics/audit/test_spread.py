"""The room of a tolerance: what right answers need, and what wrong ones keep off."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from rubrics.answers import ParsedAnswer
from rubrics.audit import Setting, measure
from rubrics.audit.reordered import Reordered, backwards, evens_first
from rubrics.findings import Room, WrongSample
from rubrics.judge import Judge

YAML = """key: course/made
title: Made
questions:
  - id: q
    title: Q
    points: 1
    statement: "S"
    answers: [ANSWER]
    checks: [{id: v, kind: values, title: V, reference: ref, CHECK}]
"""
HEAD = "import torch\nfrom rubrics.reference import Gradient\n\n"
CUBES = """
def ref():
    return Gradient(of=lambda x: (x**3).sum(), at={"x": torch.tensor([0.5, 1.5, 2.5])}, wrt="x")
"""
LOGITS = """
def ref():
    x = torch.linspace(-30, 30, 4001)
    return x.exp().sum().log()


def other():
    x = torch.linspace(-30, 30, 4001)
    return torch.logsumexp(x, 0)
"""
TYPED = "{kind: tensor, shape: [3], decimals: 4}"
SCRIPT = "{kind: code, collect: x.grad, dtype: float32, accept_dtypes: floating}"

Measured = Callable[..., Room]


@pytest.fixture
def room(tmp_path: Path) -> Measured:
    def made(reference: str, answer: str, check: str, *wrong: WrongSample, threads: int = 1):
        text = YAML.replace("ANSWER", answer).replace("CHECK", check)
        (tmp_path / "assignment.yaml").write_text(text)
        (tmp_path / "reference.py").write_text(HEAD + reference)
        setting = Setting(threads=threads, samples=wrong)
        (found,) = measure(Judge(tmp_path).pose(0), "q", setting).rooms
        return found

    return made


def test_digits_leave_room_for_rounding_and_not_for_slips(room: Measured) -> None:
    found = room(CUBES, TYPED, "credit: all")
    assert found.used <= 1
    assert found.nearest is not None
    assert found.nearest > 100
    assert "the slip" in found.wrong


def test_a_tolerance_that_float32_cannot_honour_is_seen(room: Measured) -> None:
    found = room(LOGITS, SCRIPT, "tolerance: {rtol: 1.0e-9, atol: 0}, equivalents: [other]")
    assert found.used > 1
    assert "float32" in found.how
    assert found.error > found.allowed


def test_a_tolerance_that_passes_a_slip_is_seen(room: Measured) -> None:
    found = room(CUBES, SCRIPT, "tolerance: {rtol: 0.6, atol: 0}")
    assert found.nearest is not None
    assert found.nearest < 1
    assert "twice too small" in found.wrong


def test_an_equivalent_that_is_none_is_seen(room: Measured) -> None:
    wrong = LOGITS.replace("torch.logsumexp(x, 0)", "x.max()")
    found = room(wrong, SCRIPT, "equivalents: [other]")
    assert found.used > 1
    assert "`other`" in found.how


def test_the_nearest_sample_counts(room: Measured) -> None:
    answer = ParsedAnswer(
        kind="tensor", text="", data={"shape": [3], "numbers": ["0.75", "6.75", "18.7503"]}
    )
    near = WrongSample(name="near", question="q", answer=answer, checks=("v",))
    found = room(CUBES, TYPED, "credit: all", near)
    assert found.wrong == "the sample near"
    assert found.nearest == pytest.approx(0.0003 / 0.00005, rel=0.4)


def test_a_sample_that_is_no_number_is_infinitely_far_off(room: Measured) -> None:
    answer = ParsedAnswer(
        kind="tensor", text="", data={"shape": [3], "numbers": ["nan", "6.75", "18.75"]}
    )
    nan = WrongSample(name="nan", question="q", answer=answer, checks=("v",))
    found = room(CUBES, TYPED, "credit: all", nan)
    assert "the slip" in found.wrong


def test_what_is_right_is_told_with_its_sign(room: Measured) -> None:
    negative = CUBES.replace("(x**3).sum()", "-(x**3).sum()")
    found = room(negative, SCRIPT, "tolerance: {rtol: 1.0e-12, atol: 0}")
    assert found.used <= 1
    assert found.value < 0


def test_a_default_that_swallows_a_tiny_value_is_told(room: Measured) -> None:
    tiny = CUBES.replace("(x**3).sum()", "1e-5 * (x**3).sum()")
    assert "give a `tolerance`" in room(tiny, SCRIPT, "credit: all").loose
    assert room(CUBES, SCRIPT, "credit: all").loose == ""
    assert room(tiny, SCRIPT, "tolerance: {rtol: 1.0e-4, atol: 0}").loose == ""


COMPLEX = """
def ref():
    return torch.linspace(0, 1, 3).to(torch.get_default_dtype()) * (1 + 2j) / 3


def other():
    return ref() + OFF
"""


@pytest.mark.parametrize(("off", "fits"), [("0", True), ("1e-3j", False), ("1e-3", False)])
@pytest.mark.parametrize(
    "answer",
    [
        "{kind: tensor, shape: [3], decimals: 4, complex: true}",
        "{kind: code, collect: z}",
    ],
)
def test_complex_numbers_are_measured_by_both_parts(
    room: Measured, answer: str, off: str, fits: bool
) -> None:
    found = room(COMPLEX.replace("OFF", off), answer, "equivalents: [other]")
    assert (found.used <= 1) is fits
    assert fits or found.error == pytest.approx(1e-3, rel=0.1)


EXACT = "{kind: number, exact: true}"
THIRD = "\ndef ref():\n    return 1 / 3\n\n\ndef other():\n    return 1 - 2 / 3 OFF\n"
COUNTS = (
    "\ndef ref():\n    return torch.tensor([3, 5, 7])\n\n\ndef other():\n    return ref() OFF\n"
)


@pytest.mark.parametrize(
    ("reference", "answer"), [(THIRD, EXACT), (COUNTS, "{kind: code, collect: n}")]
)
def test_where_the_very_value_is_asked_for_right_answers_must_not_differ(
    room: Measured, reference: str, answer: str
) -> None:
    """But for the last bits, of which 1/3 has no end."""
    found = room(reference.replace("OFF", ""), answer, "equivalents: [other]")
    assert (found.exact, found.used <= 1) == (True, True)
    found = room(reference.replace("OFF", "+ 1"), answer, "equivalents: [other]")
    assert (found.exact, found.used > 1) == (True, True)


def test_an_exact_answer_that_float32_cannot_give_is_seen(room: Measured) -> None:
    thirds = "\ndef ref():\n    return torch.ones(()) / 3\n"
    assert room(thirds, EXACT, "credit: all").used <= 1
    assert room(thirds, "{kind: number, exact: true, dtype: float32}", "credit: all").used > 1


def test_what_is_not_finite_on_purpose_does_not_hide_the_rest(room: Measured) -> None:
    text = "\ndef ref():\n    return torch.tensor([float('inf'), 2.0, 3.0])\n"
    more = "allow_nonfinite: true, tolerance: {rtol: 0, atol: 1.0e-9}, equivalents: [other]"
    other = "\n\ndef other():\n    return torch.tensor([float('inf'), 2.0, 3.1])\n"
    found = room(text + other, TYPED, more)
    assert found.error == pytest.approx(0.1)


UNEVEN = """
def ref():
    return {"loss": 0.1 + 0.2, "rows": [[1, 2], [3]], "word": "yes"}


def other():
    return {"loss": 0.3 + OFF, "rows": [[1, 2], [3]], "word": "yes"}
"""


@pytest.mark.parametrize(("off", "fits"), [("0", True), ("1e-3", False)])
def test_numbers_within_a_dict_are_measured(room: Measured, off: str, fits: bool) -> None:
    left = "{kind: code, collect: found}"
    wrong = "mistakes: [{reference: wrong, feedback: No.}]"
    text = UNEVEN + "\n\ndef wrong():\n    return ref() | {'loss': 0.4}\n"
    found = room(text.replace("OFF", off), left, f"equivalents: [other], {wrong}")
    assert (found.used <= 1) is fits
    assert found.wrong == "the mistake `wrong`"
    assert found.nearest is not None
    assert found.nearest > 1e3


@pytest.mark.parametrize("order", [backwards, evens_first])
@pytest.mark.parametrize("size", [0, 1, 2, 5])
def test_every_term_is_taken_once(order: Callable[[int], torch.Tensor], size: int) -> None:
    """Of none at all too: an empty tensor is the first edge case of many."""
    assert sorted(order(size).tolist()) == list(range(size))


@pytest.mark.parametrize("order", [backwards, evens_first])
def test_sums_are_taken_in_another_order(order: Callable[[int], torch.Tensor]) -> None:
    """Float32 tells the order: the same terms, another last digit."""
    values = torch.randn(10_001, generator=torch.Generator().manual_seed(1)) * 1e4
    left, right = values[:10_000].reshape(100, 100), values[1:].reshape(100, 100)
    leaf = torch.ones(100, requires_grad=True)
    with Reordered(order):
        total, product = values.sum(), left @ right
        rows = left.sum(dim=1)
        (left @ leaf).sum().backward()
    assert total != values.sum()
    assert torch.allclose(total, values.sum(), rtol=1e-3)
    assert not torch.equal(product, left @ right)
    assert torch.allclose(product, left @ right, rtol=1e-2, atol=1e5)
    assert not torch.equal(rows, left.sum(dim=1))
    assert leaf.grad is not None
    assert not torch.equal(leaf.grad, left.sum(dim=0))
