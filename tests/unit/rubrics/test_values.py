"""Comparing values: what passes, what does not, and what is said."""

import json
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rubrics.answers import RawAnswer, parse_answer
from rubrics.answers.produced import Produced
from rubrics.audit import inspect
from rubrics.checks.values import agree
from rubrics.job import Missing, PlainValue, TensorValue
from rubrics.judge import Judge
from rubrics.loader import load
from rubrics.outcome import Outcome
from rubrics.reference.load import Expected
from tests.unit.rubrics.conftest import Write, grade, left, shipped, typed

CODE = "[{kind: code, collect: x.grad}]"
FLOATING = "[{kind: code, collect: x.grad, accept_dtypes: floating}]"


def test_typed_numbers_have_the_room_of_their_digits(write: Write) -> None:
    folder = write(reference="def ref():\n    return torch.tensor([0.12345, 200.0])\n")
    assert typed(folder, "0.12 200").outcome is Outcome.CORRECT
    assert typed(folder, "0.1284 200").outcome is Outcome.CORRECT
    assert typed(folder, "0.1285 200").score == 1
    assert typed(folder, "0.13 200.1").score == 0


def test_a_tie_of_decimal_halves_passes(write: Write) -> None:
    folder = write(reference="def ref():\n    return torch.tensor([0.125, 0.375])\n")
    assert typed(folder, "0.12 0.38").score == 2
    assert typed(folder, "0.13 0.37").score == 2


def test_significant_digits(write: Write) -> None:
    folder = write(
        answers="[{kind: tensor, shape: [2], significant: 3}]",
        reference="def ref():\n    return torch.tensor([123456.0, 0.00012345])\n",
    )
    assert typed(folder, "123000 1.23e-4").score == 2
    assert typed(folder, "124000 1.24e-4").score == 0


def test_an_authors_tolerance_replaces_the_table(write: Write) -> None:
    checks = "[{id: v, kind: values, title: V, reference: ref, tolerance: {rtol: 0.1, atol: 0}}]"
    folder = write(checks=checks)
    assert typed(folder, "1.09 2.19").score == 2
    assert typed(folder, "1.11 2.21").score == 0


def test_all_or_nothing(write: Write) -> None:
    folder = write(checks="[{id: v, kind: values, title: V, reference: ref, credit: all}]")
    check = typed(folder, "1 3")
    assert (check.score, check.outcome) == (0, Outcome.WRONG)
    assert "1 of 2 components is right" in check.feedback


def test_feedback_names_the_worst_but_not_the_answer(write: Write) -> None:
    folder = write(reference="def ref():\n    return torch.tensor([1.0, 2.718281])\n")
    said = typed(folder, "1.5 9").feedback
    assert said == (
        "0 of 2 components are right. Component 2 (index [1]) is furthest off, by about 6."
    )


def test_reveal_shows_the_answer(write: Write) -> None:
    folder = write(checks="[{id: v, kind: values, title: V, reference: ref, reveal: true}]")
    assert typed(folder, "1 3").feedback.endswith("Expected: [1, 2].")


def test_one_number(write: Write) -> None:
    folder = write(
        answers="[{kind: tensor, shape: [], decimals: 2}]",
        reference="def ref():\n    return torch.tensor(0.5)\n",
    )
    assert typed(folder, "0.5").feedback == "Right."
    assert typed(folder, "0.7").feedback == ("The number is not right. It is off by about 0.2.")


@pytest.mark.parametrize("text", ["nan 2", "inf 2", "-inf 2"])
def test_nonfinite_values_never_pass(write: Write, text: str) -> None:
    check = typed(write(), text)
    assert check.score == 1
    assert "not a finite number" in check.feedback


def test_nonfinite_values_match_their_like_where_allowed(write: Write) -> None:
    checks = "[{id: v, kind: values, title: V, reference: ref, allow_nonfinite: true}]"
    reference = "def ref():\n    return torch.tensor([float('nan'), float('-inf')])\n"
    folder = write(checks=checks, reference=reference)
    assert typed(folder, "nan -inf").score == 2
    assert typed(folder, "0 inf").score == 0
    assert typed(folder, "inf nan").score == 0


def test_shape_comes_before_values(write: Write) -> None:
    folder = write(answers=CODE)
    for shape in [(1,), (2, 1), (1, 2), (), (0,), (4,)]:
        check = left(folder, shipped(torch.ones(shape)))
        assert (check.score, check.outcome) == (0, Outcome.WRONG)
        assert f"`x.grad` has shape {list(shape)}, shape [2] is asked for." in check.feedback


def test_dtype_comes_before_values(write: Write) -> None:
    folder = write(answers=CODE)
    right = torch.tensor([1.0, 2.0])
    assert left(folder, shipped(right)).score == 2
    for dtype in (torch.float64, torch.float16, torch.int64, torch.complex64, torch.bool):
        check = left(folder, shipped(right.to(dtype)))
        assert check.score == 0
        assert "float32 is asked for" in check.feedback


def test_any_floating_type_where_accepted_at_the_tolerance_of_the_question(write: Write) -> None:
    folder = write(answers=FLOATING, reference="def ref():\n    return torch.tensor([1.0, 1/3])\n")
    right = torch.tensor([1.0, 1 / 3], dtype=torch.float64)
    assert left(folder, shipped(right)).score == 2
    assert left(folder, shipped(right.to(torch.bfloat16))).score == 1
    assert left(folder, shipped(right.to(torch.complex128))).score == 0
    assert left(folder, shipped(right.to(torch.int32))).score == 0


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("[1, 2]", 2),
        ("[1.0, 2.00001]", 2),
        ('[1, {"special": "nan"}]', 1),
        ("[[1, 2]]", 0),
        ("[1, [2]]", 0),
        ("[true, 2]", 0),
        ('"1 2"', 0),
        ("[]", 0),
        ("3", 0),
        ("[1e400, 2]", 1),
        ("[" + "9" * 400 + ", 2]", 0),
    ],
)
def test_python_numbers(write: Write, text: str, score: float) -> None:
    assert left(write(answers=CODE), PlainValue(json_text=text)).score == score


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        (Missing(reason="none"), "`x.grad` is None: did you call `backward()`"),
        (Missing(reason="undefined", detail="the script defines no 'x'"), "defines no 'x'"),
        (Missing(reason="unsupported", detail="a sparse tensor"), "a sparse tensor"),
        (Missing(reason="too_large"), "too large"),
    ],
)
def test_a_value_that_is_not_there(write: Write, missing: Missing, message: str) -> None:
    check = left(write(answers=CODE), missing)
    assert (check.score, check.outcome) == (0, Outcome.WRONG)
    assert message in check.feedback


def test_a_value_that_was_not_collected(write: Write) -> None:
    assert "not defined" in left(write(answers=CODE), Missing(reason="none"), "other").feedback


def test_bytes_that_do_not_fit_their_shape(write: Write) -> None:
    value = TensorValue(dtype="float32", shape=(2,), data=b"1234")
    assert left(write(answers=CODE), value).outcome is Outcome.FORBIDDEN


def judged(given: list[float], true: list[float], allow: bool = False) -> list[bool]:
    reference = torch.tensor(true, dtype=torch.float64)
    room = 1e-5 + 1.3e-6 * reference.abs()
    values = torch.tensor(given, dtype=torch.float64)
    produced = Produced("x", values, room, torch.zeros_like(reference), typed=False)
    found: list[bool] = agree(produced, Expected(reference, reference, None), allow).tolist()
    return found


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=9))
def test_what_is_right_passes(values: list[float]) -> None:
    assert all(judged(values, values))


@given(st.floats(), st.floats())
def test_what_is_not_finite_passes_only_for_its_like(given_: float, true: float) -> None:
    finite = math.isfinite(given_) and math.isfinite(true)
    same = given_ == true or (math.isnan(given_) and math.isnan(true))
    assert finite or judged([given_], [true]) == [False]
    assert finite or judged([given_], [true], allow=True) == [same]


@given(st.floats(-1e6, 1e6), st.floats(2e-5, 10), st.sampled_from([-1, 1]))
def test_what_is_off_by_more_than_the_room_fails(true: float, error: float, sign: int) -> None:
    error = sign * (error + 1.3e-6 * abs(true))
    assert judged([true + error], [true]) == [False]


@pytest.mark.parametrize("worth", [0.0, 1.0])
def test_a_reference_that_draws_other_numbers_in_float64_is_our_fault(
    write: Write, worth: float
) -> None:
    draws = "def ref():\n    return torch.randn(20)\n"
    numbers = [worth] * 20
    folder = write(answers="[{kind: tensor, shape: [20], decimals: 2}]", reference=draws)
    found = [typed(folder, " ".join(map(str, numbers)))]
    folder = write(answers="[{kind: tensor, shape: [20], forms: [json]}]", reference=draws)
    sheet = RawAnswer(kind="tensor", files={"a.json": json.dumps(numbers).encode()})
    found.append(grade(folder, sheet).checks[0])
    for answers in (CODE, FLOATING):
        folder = write(answers=answers, reference=draws)
        found.append(left(folder, shipped(torch.tensor(numbers))))
    assert {(one.outcome, one.score) for one in found} == {(Outcome.RUBRIC_ERROR, None)}


TIRED = """
    CALLS = []


    def of(x):
        CALLS.append(1)
        if len(CALLS) > 3:
            raise RuntimeError("no more")
        return (x**2).sum()


    def ref():
        return Gradient(of=of, at={"x": torch.tensor([1.5, 2.0])}, wrt="x")
"""


def test_slips_that_fail_void_no_wrong_answer_and_authors_are_told(write: Write) -> None:
    folder = write(reference=TIRED)
    judge = Judge(folder)
    judge.warm()
    question = load(folder).questions[0]
    for text, score in (("9 9", 0), ("3 9", 1), ("3 4", 2)):
        parsed = parse_answer(question, RawAnswer(kind="tensor", text=text))
        (found,) = judge.judge({"q": parsed}, {}, seed=1)[0].checks
        assert (found.score, found.diagnoses) == (score, ())
    (finding,) = inspect(Judge(folder).pose(0)).findings
    assert finding.message == (
        "wrong answers cannot be explained, as the slips fail (line 12): RuntimeError: no more"
    )
