"""Numbers against a reference: exact, rounded, complex; and tensors that come as files."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import save

from rubrics.answers import MalformedAnswer, RawAnswer
from rubrics.grade import QuestionGrade
from rubrics.outcome import Outcome
from tests.unit.rubrics.conftest import grade

Write = Callable[..., Path]
ANY_TIME = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40
)


def number(write: Write, spec: str, reference: str, text: str) -> QuestionGrade:
    dtype = "complex128" if "j" in reference else "float64"
    folder = write(
        answers=f"[{{kind: number, {spec}}}]",
        reference=f"def ref():\n    return torch.tensor({reference}, dtype=torch.{dtype})\n",
    )
    return grade(folder, RawAnswer(kind="number", text=text))


@pytest.mark.parametrize(
    ("spec", "reference", "text", "right"),
    [
        ("decimals: 2", "3.14159", "3.14", True),
        ("decimals: 2", "3.14159", "3.1416", True),
        ("decimals: 2", "3.14159", "3.15", False),
        ("decimals: 2", "3.14159", "-3.14", False),
        ("decimals: 2", "0.125", "0.13", True),
        ("decimals: 2", "0.125", "0.12", True),
        ("significant: 3", "1.1920929e-07", "1.19e-7", True),
        ("significant: 3", "1.1920929e-07", "0", False),
        ("significant: 3", "12345.0", "12300", True),
        ("significant: 3", "12345.0", "12400", False),
        ("exact: true", "7", "7", True),
        ("exact: true", "7", "7.0", True),
        ("exact: true", "7", "7.0001", False),
        ("exact: true", "1/3", "1/3", True),
        ("exact: true", "1/3", "0.3333", False),
        ("exact: true", "0.1", "0.1", True),
        ("exact: true", "16777217.0", "16777216", False),
        ("decimals: 2", "1.0", "nan", False),
        ("decimals: 2", "1.0", "inf", False),
        ("decimals: 2, complex: true", "1-2j", "1 - 2i", True),
        ("decimals: 2, complex: true", "1-2j", "1 + 2i", False),
        ("decimals: 2, complex: true", "1-2j", "1.004 - 1.996i", True),
        ("decimals: 2, complex: true", "1-2j", "1.004 - 1.99i", False),
        ("decimals: 2, complex: true", "3.0", "3", True),
        ("decimals: 2, complex: true", "3.0", "3 + 1i", False),
        ("decimals: 2, complex: true", "3.0", "nan + 1i", False),
        ("exact: true, complex: true", "1+0.1j", "0.1j + 1", True),
        ("exact: true, complex: true", "1+0.1j", "1+0.1001j", False),
        ("decimals: 1, units: [ms]", "12.5", "12.5 ms", True),
    ],
)
def test_numbers(write: Write, spec: str, reference: str, text: str, right: bool) -> None:
    found = number(write, spec, reference, text)
    assert found.outcome is (Outcome.CORRECT if right else Outcome.WRONG), found


def test_feedback_of_a_complex_number_is_a_sentence(write: Write) -> None:
    found = number(write, "decimals: 2, complex: true", "1-2j", "1 + 2i")
    assert found.feedback == "The number is not right. It is off by about 4."


def test_a_complex_reference_needs_the_option(write: Write) -> None:
    found = number(write, "decimals: 2", "1-2j", "1")
    assert found.outcome is Outcome.RUBRIC_ERROR


def test_several_numbers_are_no_number(write: Write) -> None:
    assert number(write, "decimals: 2", "[1.0, 2.0]", "1").outcome is Outcome.RUBRIC_ERROR


@ANY_TIME
@given(st.floats(-1e6, 1e6), st.integers(0, 6), st.sampled_from(["{:.9f}", "{:.12e}", "{!r}"]))
def test_the_right_value_passes_in_any_format(
    write: Write, value: float, decimals: int, form: str
) -> None:
    found = number(write, f"decimals: {decimals}", repr(value), form.format(value))
    assert found.outcome is Outcome.CORRECT
    wrong = value + 1.01 * 10.0**-decimals + 1e-10 * abs(value)
    assert number(write, f"decimals: {decimals}", repr(value), repr(wrong)).outcome is Outcome.WRONG


FORMS = "forms: [npy, safetensors, json]"
VALUES = "[[1.5, -2.0, 3.25], [0.1, 0.2, 0.3]]"
ARRAY = np.array(json.loads(VALUES))


def npy(array: object) -> bytes:
    file = io.BytesIO()
    np.save(file, np.asarray(array), allow_pickle=True)
    return file.getvalue()


def sent(write: Write, name: str, content: bytes, spec: str = "shape: [2, 3]") -> QuestionGrade:
    folder = write(
        answers=f"[{{kind: tensor, {spec}, dtype: float64, {FORMS}}}]",
        reference=f"def ref():\n    return torch.tensor({VALUES}, dtype=torch.float64)\n",
    )
    return grade(folder, RawAnswer(kind="tensor", files={name: content}))


@pytest.mark.parametrize("spec", ["shape: [2, 3]", "shape: any"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.npy", npy(ARRAY)),
        ("A.NPY", npy(np.asfortranarray(ARRAY))),
        ("a.safetensors", save({"t": torch.tensor(ARRAY)})),
        ("a.json", json.dumps(ARRAY.tolist()).encode()),
        ("a.json", b"\xef\xbb\xbf" + json.dumps(ARRAY.tolist(), indent=2).encode()),
    ],
)
def test_files_in_every_form(write: Write, name: str, content: bytes, spec: str) -> None:
    assert sent(write, name, content, spec).outcome is Outcome.CORRECT


@pytest.mark.parametrize(
    ("reference", "answers"),
    [
        ("[5.0]", ["[5]", "tensor([5.])"]),
        ("5.0", ["5", "tensor(5.)"]),
        ("[[1.0, 2.0]]", ["[[1, 2]]", "tensor([[1., 2.]])"]),
        ("[[1.0, 2.0], [3.0, 4.0]]", ["1 2\n3 4", "ans =\n\n  1  2\n  3  4\n", "[1 2; 3 4]"]),
    ],
)
def test_right_answers_of_any_shape_are_right(
    write: Write, reference: str, answers: list[str]
) -> None:
    folder = write(
        answers="[{kind: tensor, shape: any, decimals: 2, forms: [typed, json]}]",
        reference=f"def ref():\n    return torch.tensor({reference})\n",
    )
    for text in answers:
        assert grade(folder, RawAnswer(kind="tensor", text=text)).outcome is Outcome.CORRECT
    file = RawAnswer(kind="tensor", files={"a.json": reference.encode()})
    assert grade(folder, file).outcome is Outcome.CORRECT


def test_double_precision_is_asked_for(write: Write) -> None:
    near = ARRAY + np.array([[0, 0, 0], [1e-6, 1e-6, 1e-6]])
    assert sent(write, "a.npy", npy(near)).score == 2 * 3 / 6


def test_components_count_in_files_too(write: Write) -> None:
    wrong = ARRAY.copy()
    wrong[0, 0] = 9
    found = sent(write, "a.npy", npy(wrong))
    assert (found.outcome, found.score) == (Outcome.PARTIAL, 2 * 5 / 6)


@pytest.mark.parametrize("shape", [(3, 2), (6,), (1, 2, 3)])
def test_another_shape_is_not_right_by_broadcasting(write: Write, shape: tuple[int, ...]) -> None:
    found = sent(write, "a.npy", npy(ARRAY.reshape(shape)), "shape: any")
    assert (found.outcome, found.score) == (Outcome.WRONG, 0)
    with pytest.raises(MalformedAnswer, match="Check the shape"):
        sent(write, "a.npy", npy(ARRAY.reshape(shape)))


def test_nan_and_empty_never_pass(write: Write) -> None:
    assert sent(write, "a.npy", npy(np.full((2, 3), np.nan))).score == 0
    assert sent(write, "a.npy", npy(np.zeros((0, 3))), "shape: any").score == 0
