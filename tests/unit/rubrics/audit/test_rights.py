"""Right functions that round differently must pass checks of code; `xgrad check` measures them."""

import math
import struct
from pathlib import Path

import pytest

from rubrics.answers import ParsedAnswer
from rubrics.audit import Setting, inspect, measure
from rubrics.findings import Measured, Room, WrongSample
from rubrics.job import CallResult, Run, TensorValue
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

    def listed(x):
        return [naive(x)]

    def fails(x):
        return x.missing()

    def split(x, w):
        return torch.where(x > 0, 1.0, -1.0) * w

    def signed(x, w):
        return x.sign() * w

    def halves(draw):
        yield case(draw.uniform(0.5, 1, 3), draw.normal(3))

    def zero():
        return torch.tensor(0.25)

    def none():
        return zero().missing()

    def wide():
        return zero().expand(2)

    def turned(x):
        return complex(x.sum(), 1 / 3), [(x * (1 + 2j)).to(torch.complex64)], x.dtype

    def turned_more(x):
        first, second, third = turned(x)
        return first + 1e-3j, second, third

    def words(x):
        return "a word", 7

    def one(draw):
        yield case(torch.zeros(2).double())

    def cases(draw):
        yield case(torch.zeros(2).double()).named("zeros")
        yield case(draw.normal(4001).double() * 6).named("many numbers")
"""
CHECK = "{id: c, kind: calls, title: T, call: f, cases: cases, MORE}"
LOOSE = "tolerance: {rtol: 1.0e-4, atol: 1.0e-4}"
NONE = "tolerance: {rtol: 0, atol: 0}"


def made(folder: Path, check: str, summed: bool = False, answer: str = "{kind: code}") -> Judge:
    (folder / "assignment.yaml").write_text(
        "key: course/made\ntitle: M\nquestions:\n  - {id: q, title: Q, points: 1, statement: S,"
        f" answers: [{answer}], checks: [{check}]}}\n"
    )
    lines = [line.removeprefix("    ") for line in REFERENCE.splitlines()]
    text = "\n".join(lines).replace("SUMMED", str(summed))
    (folder / "reference.py").write_text(text)
    return Judge(folder)


def measured(judge: Judge, *samples: WrongSample) -> Measured:
    return measure(judge.pose(0), "q", Setting(samples=samples))


def room(judge: Judge, *samples: WrongSample) -> Room:
    (found,) = measured(judge, *samples).rooms
    return found


def test_equivalents_must_pass(tmp_path: Path) -> None:
    found = room(made(tmp_path, CHECK.replace("MORE", f"{LOOSE}, equivalents: [naive]")))
    assert found.used <= 1
    found = room(made(tmp_path, CHECK.replace("MORE", f"{LOOSE}, equivalents: [naive, wrong]")))
    assert found.used > 1
    assert found.how.startswith("`wrong`")
    assert found.where in {"zeros", "many numbers"}
    assert found.error > found.allowed


def test_an_equivalent_of_another_kind_is_no_number_off(tmp_path: Path) -> None:
    found = room(made(tmp_path, CHECK.replace("MORE", f"{LOOSE}, equivalents: [listed]")))
    assert found.used > 1e9
    assert "is a list, a 0-d tensor is asked for" in found.said


def test_an_equivalent_that_fails_is_told_by_its_line(tmp_path: Path) -> None:
    judge = made(tmp_path, CHECK.replace("MORE", f"{LOOSE}, equivalents: [naive, fails]"))
    (found,) = inspect(judge.pose(0)).findings
    assert found.message.startswith("the equivalent `fails` fails (line 18): AttributeError")
    assert found.part == ("equivalents", 1)
    assert room(judge).used <= 1


VALUES = "{id: v, kind: values, title: V, reference: zero, equivalents: [EQ]}"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("zero", []),
        ("none", ["the equivalent `none` fails (line "]),
        ("wide", ["the equivalent `wide` has shape [2], `zero` has []"]),
    ],
)
def test_equivalents_of_values_must_run_too(tmp_path: Path, name: str, said: list[str]) -> None:
    judge = made(tmp_path, VALUES.replace("EQ", name), answer="{kind: code, collect: x}")
    found = [one for one in inspect(judge.pose(0)).findings if "right answer" not in one.message]
    assert len(found) == len(said)
    assert all(one.message.startswith(told) for one, told in zip(found, said, strict=True))
    assert all(one.part == ("equivalents", 0) for one in found)
    assert room(judge).used == 0


@pytest.mark.parametrize("kind", ["calls", "gradients"])
def test_another_order_of_sums_must_pass(tmp_path: Path, kind: str) -> None:
    """Of the gradients too: their backward pass divides by the sum."""
    check = CHECK.replace("kind: calls", f"kind: {kind}")
    assert room(made(tmp_path, check.replace("MORE", LOOSE), summed=True)).used <= 1
    found = room(made(tmp_path, check.replace("MORE", NONE), summed=True))
    assert found.used > 1
    assert "`f`, sums " in found.how


def test_no_path_is_a_gradient_of_zeros_here_too(tmp_path: Path) -> None:
    check = "{id: c, kind: gradients, title: T, call: split, cases: halves, equivalents: [signed]}"
    assert room(made(tmp_path, check)).used <= 1


def test_an_equivalent_that_is_not_there_is_told_at_loading(tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match="no function `nowhere`"):
        made(tmp_path, CHECK.replace("MORE", "equivalents: [nowhere]"))


def test_words_and_whole_numbers_have_no_tolerance(tmp_path: Path) -> None:
    assert measured(made(tmp_path, CHECK.replace("MORE", "reference: words"))).rooms == ()


@pytest.mark.parametrize(("name", "fits"), [("turned", True), ("turned_more", False)])
def test_complex_results_are_measured_by_both_parts(tmp_path: Path, name: str, fits: bool) -> None:
    judge = made(tmp_path, CHECK.replace("MORE", f"reference: turned, equivalents: [{name}]"))
    assert inspect(judge.pose(0)).findings == ()
    found = room(judge)
    assert (found.used <= 1) is fits
    assert fits or found.error == pytest.approx(1e-3)


@pytest.mark.parametrize(
    ("check", "wrong"),
    [
        (CHECK.replace("MORE", "mistakes: [{reference: wrong, feedback: No.}]"), "`wrong`"),
        (CHECK.replace("kind: calls", "kind: gradients").replace(", MORE", ""), "the slip"),
    ],
)
def test_mistakes_and_slips_are_known_wrong_answers(tmp_path: Path, check: str, wrong: str) -> None:
    found = room(made(tmp_path, check))
    assert wrong in found.wrong
    assert found.nearest is not None
    assert found.nearest > 100


@pytest.mark.parametrize(("off", "nearest"), [(0.25, 0.5), (2.0, 4.0)])
def test_a_sample_counts_by_the_checks_that_it_is_wrong_by(
    tmp_path: Path, off: float, nearest: float
) -> None:
    check = CHECK.replace("cases: cases", "cases: one")
    judge = made(tmp_path, check.replace("MORE", "tolerance: {rtol: 0, atol: 0.5}"))
    answer = ParsedAnswer(kind="code", text="", data={}, files={"answer.py": b""})
    (call,) = judge.plan({"q": answer}, 7)["q"].calls[:1]
    data = struct.pack("<d", math.log(2) + off)
    given = TensorValue(dtype="float64", shape=(), data=data)
    run = Run(
        ended=None,
        calls={call.name: CallResult(values={"value": '{"tensor":0}'}, tensors=(given,))},
    )
    near = WrongSample(name="near", question="q", answer=answer, run=run, checks=("c",), seed=7)
    found = room(judge, near)
    assert (found.wrong, found.nearest) == ("the sample near", pytest.approx(nearest))
    assert room(judge, near.model_copy(update={"checks": ()})).nearest is None
    assert room(judge, near.model_copy(update={"run": None})).nearest is None


def test_what_takes_too_long_is_left_out_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = made(tmp_path, CHECK.replace("MORE", f"{LOOSE}, equivalents: [naive]"))
    assert not room(judge).partly
    monkeypatch.setattr("rubrics.audit.case_rights.MOST_S", -1.0)
    found = room(judge)
    assert found.partly
    assert found.how.startswith("`f`")


def test_a_second_judge_is_held_to_the_first_unless_that_is_too_much_to_send(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = made(tmp_path, CHECK.replace("MORE", LOOSE))
    (truth,) = measured(judge).truths
    off = truth.model_copy(update={"numbers": tuple(_doubled(one) for one in truth.numbers)})
    setting = Setting(truths={truth.place: off}, first=False)
    (found,) = measure(judge.pose(0), "q", setting).rooms
    assert found.used > 1e3
    monkeypatch.setattr("rubrics.audit.truths.MOST", 8)
    assert measured(judge).truths == ()


def _doubled(one: TensorValue) -> TensorValue:
    (value,) = struct.unpack("<d", one.data)
    return one.model_copy(update={"data": struct.pack("<d", 2 * value + 1)})
