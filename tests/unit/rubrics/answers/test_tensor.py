"""Typed numbers: what people paste is read, what cannot be read is named."""

import math
import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.answers import MalformedAnswer, RawAnswer
from rubrics.answers.tensor.complex_number import read_complex
from rubrics.answers.tensor.number import Number, Unreadable, read
from rubrics.answers.tensor.parse import parse
from rubrics.answers.tensor.spec import TensorSpec

ANY = TensorSpec(kind="tensor", shape="any", decimals=4)


def spec(*shape: int) -> TensorSpec:
    return TensorSpec(kind="tensor", shape=shape, decimals=4)


def inferred(text: str, asked: TensorSpec = ANY) -> tuple[list[int], list[complex]]:
    """The shape and the numbers that are read where any shape is taken."""
    data = parse(asked, RawAnswer(kind="tensor", text=text)).data
    assert isinstance(data, dict)
    spellings = data["numbers"]
    assert isinstance(spellings, list)
    one = read_complex if asked.complex else read
    return data["shape"], [one(str(spelling)).value for spelling in spellings]  # type: ignore


def numbers(text: str, *shape: int) -> list[float]:
    data = parse(spec(*shape), RawAnswer(kind="tensor", text=text)).data
    assert isinstance(data, dict)
    spellings = data["numbers"]
    assert isinstance(spellings, list)
    return [read(str(one)).value for one in spellings]


def refused(text: str, *shape: int) -> MalformedAnswer:
    with pytest.raises(MalformedAnswer) as caught:
        parse(spec(*shape), RawAnswer(kind="tensor", text=text), "q1")
    assert caught.value.field == "q1"
    assert caught.value.remedy
    return caught.value


FOUR = [0.4722, 0.0, 0.9642, 135.0]


@pytest.mark.parametrize(
    "text",
    [
        # as typed
        "[0.4722, 0.0000, 0.9642, 135.0000]",
        "0.4722, 0, .9642, 135.",
        "0.4722 0 0.9642 135",
        "(0.4722, 0, 0.9642, 135)",
        "{0.4722, 0, 0.9642, 135}",
        "[0.4722, 0, 0.9642, 135,]",
        "x.grad = [0.4722, 0, 0.9642, 135]",
        "+0.4722; 0; 0.9642; 135;",
        "4722e-4 0 9.642E-1 1.35e+2",
        "0.4722 0\n.9642 135",
        r"[4.722 \times 10^{-1}, 0, 9642×10⁻⁴, 1.35 x 10^2]",
        "0.4722, 0 / 3, + 0.9642, 270 / 2",
        "4.722×10^-1, 0, 9.642*10^-1, 1.35·10^2",
        # as Python prints
        "tensor([  0.4722,   0.0000,   0.9642, 135.0000])",
        "tensor([0.4722, 0.0000,\n        0.9642, 135.0000], grad_fn=<MulBackward0>)",
        "tensor([0.4722, 0.0000, 0.9642, 135.0000], dtype=torch.float64, requires_grad=True)",
        "tensor([0.4722, 0.0000, 0.9642, 135.0000], device='cuda:0')",
        "torch.tensor([[0.4722, 0, 0.9642, 135]])",
        "Parameter containing:\ntensor([0.4722, 0, 0.9642, 135.], requires_grad=True)",
        "[  0.4722   0.       0.9642 135.    ]",
        "array([4.722e-01, 0.000e+00, 9.642e-01, 1.350e+02], dtype=float32)",
        "[np.float64(0.4722), np.float64(0.0), np.float32(0.9642), np.float64(135.0)]",
        "Array([0.4722, 0, 0.9642, 135], dtype=float32)",
        ">>> x.grad\ntensor([0.4722, 0, 0.9642, 135])",
        # as MATLAB prints
        "[0.4722 0 0.9642 135]",
        "[0.4722; 0; 0.9642; 135]",
        "ans =\n\n    0.4722         0    0.9642  135.0000\n",
        # as copied from other programs
        "\ufeff[0.4722,\u00a00,\u20090.9642, 135]",
        "[[0.4722],\r\n [0],\r\n [0.9642],\r\n [135]]",
    ],
)
def test_reads_what_people_paste(text: str) -> None:
    assert numbers(text, 4) == pytest.approx(FOUR, abs=1e-12)


@pytest.mark.parametrize("minus", ["-", "\u2212", "\u2013", "\ufe63", "\uff0d"])
def test_reads_every_minus(minus: str) -> None:
    assert numbers(f"{minus}1.5 2e{minus}3", 2) == [-1.5, 0.002]


def test_reads_fractions_and_words() -> None:
    values = numbers("1/3 -inf NaN ∞", 4)
    assert values[:2] == [1 / 3, -math.inf]
    assert math.isnan(values[2])
    assert values[3] == math.inf


@pytest.mark.parametrize(
    "text", ["[[1, 2], [3, 4]]", "[1 2; 3 4]", "1 2\n3 4", "[1 2]\n[3 4]", "((1,2),(3,4))"]
)
def test_reads_matrices(text: str) -> None:
    assert numbers(text, 2, 2) == [1, 2, 3, 4]


def test_reads_one_number() -> None:
    assert numbers("tensor(0.5000)", *()) == [0.5]
    assert numbers("y = 0.5", *()) == [0.5]


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("", "empty", "4 numbers"),
        ("[]", "empty", "4 numbers"),
        ("[1, 2, 3]", "3 numbers could be read, 4 are asked for", "4 numbers"),
        ("7", "1 number could be read, 4 are asked for", "4 numbers"),
        ("[1, zero, 3, 4]", "`zero` at character 5", "0.4722"),
        ("1 2\n3 x", "`x` at character 3 of line 2", "0.4722"),
        ("[1, 2, ..., 4]", "`...`", "every number"),
        ("[1+2j, 1, 1, 1]", "`1+2j`", "Complex"),
        ("[1, 2, 3, 1/0]", "divides by zero", "0.4722"),
        ("[1, 2, 3, 1e999]", "too large", "0.4722"),
        ("[1, 2, 3, 0x10]", "`0x10`", "0.4722"),
        ("[1, 2, 3, 1_000]", "`1_000`", "0.4722"),
        ("[1, 2, 3, ٤]", "not a number", "0.4722"),  # digits of another script
        ("[1, 2, 3, __import__('os')]", "not a number", "0.4722"),
        ("[1, 2, 3, 2**8]", "`2**8`", "0.4722"),
        ("[1, 2, 3, " + "9" * 81 + "]", "longer than 80", "0.4722"),
        ("0,4722 0,0000 0,9642 135,0000", "decimal commas", "not 0,4722"),
        ("[0,47; 0,10; 0,96; 135,5]", "decimal commas", "not 0,4722"),
        ("[0,1, 0,2, 0,3, 0,4]", "decimal commas", "not 0,4722"),
        ("[1, 2, 3 - 4, 5]", "`-` at character 10", "0.4722"),
        ("[10^{-3} × 2, 1, 2, x]", "`×` at character 10", "0.4722"),
        ("[1, 2, 1 / 3, x]", "`x` at character 15", "0.4722"),
        ("[1, 2, 3, 4", "character 1: this bracket is never closed", "[0.5"),
        ("1, 2, 3, 4]", "character 11: this `]` closes nothing", "[0.5"),
        ("[1, 2, 3, 4)", "closes nothing", "[0.5"),
        ("[1,, 2, 3]", "no number before this comma", "[0.5"),
        ("[" * 20 + "1" + "]" * 20, "nested more than 8 deep", "[0.5"),
        ("[[1, 2], [3, 4]]", "2 × 2", "rows and columns"),
        ("[[1, 2, 3], [4]]", "differ in length", "same number"),
        ("[1, [2, 3, 4]]", "mixed", "same number"),
        ("1 " * 200_001, "longer than 400000", "4 numbers"),
    ],
)
def test_names_what_cannot_be_read(text: str, message: str, remedy: str) -> None:
    why = refused(text, 4)
    assert message in why.message
    assert remedy in why.remedy


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("5", []),
        ("tensor(5.)", []),
        ("x = 5.0", []),
        ("[5]", [1]),
        ("tensor([5.])", [1]),
        ("(5,)", [1]),
        ("1 2 3", [3]),
        ("1, 2,\n3, 4", [4]),
        ("0.5\n0.25\n1", [3]),
        ("[1 2 3\n 4 5 6]", [6]),  # numpy breaks long rows
        ("[1; 2; 3]", [3, 1]),
        ("[[1, 2]]", [1, 2]),
        ("tensor([[1., 2.]])", [1, 2]),
        ("[[[1, 2]]]", [1, 1, 2]),
        ("1 2\n3 4", [2, 2]),
        ("ans =\n\n   1  2\n   3  4\n", [2, 2]),
        ("1,2,3\n4,5,6", [2, 3]),
        ("[1 2]\n[3 4]", [2, 2]),
        ("[[1,2],[3,4]]", [2, 2]),
        ("[1, 2,3]", [3]),
    ],
)
def test_the_shape_that_was_given_is_kept(text: str, shape: list[int]) -> None:
    assert inferred(text)[0] == shape


@pytest.mark.parametrize("text", ["0,4722 0,9642", "[0,1, 0,2]", "1,2\n3,4", "[1,5; 2,5]"])
def test_commas_that_may_be_decimal_ones_are_not_guessed(text: str) -> None:
    with pytest.raises(MalformedAnswer, match=r"decimal commas.* a space after a comma"):
        inferred(text)


PAIRS = TensorSpec(kind="tensor", shape=(2,), decimals=4, complex=True)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("[1. +2.j 3.5-4.j]", [1 + 2j, 3.5 - 4j]),  # as numpy pads
        ("[ 1.e+00 +2.e-03j -2.5-1.e+01j]", [1 + 2e-3j, -2.5 - 10j]),
        ("[(1+2j), (3 - 4j)]", [1 + 2j, 3 - 4j]),
        ("[1 + 1/2i, - 1/4*i]", [1 + 0.5j, -0.25j]),
        ("[1 -2j]", [1, -2j]),  # two are asked for
        ("[np.complex128(1+2j), np.complex128(-3j)]", [1 + 2j, -3j]),
    ],
)
def test_complex_numbers_as_they_are_printed(text: str, values: list[complex]) -> None:
    assert inferred(text, PAIRS)[1] == values


def test_a_json_file_may_hold_more_numbers_than_are_typed() -> None:
    many = {"kind": "tensor", "forms": ["json"], "max_kb": 1024}
    asked = TensorSpec.model_validate({**many, "shape": [150, 100]})
    content = repr([[0.5] * 100] * 150).encode()
    data = parse(asked, RawAnswer(kind="tensor", files={"a.json": content})).data
    assert isinstance(data, dict)
    assert data["shape"] == [150, 100]
    with pytest.raises(ValueError, match="at most 100000 numbers: take `npy`"):
        TensorSpec.model_validate({**many, "shape": [1000, 1000]})


def test_too_many_numbers_are_told_from_too_few() -> None:
    with pytest.raises(MalformedAnswer, match=r"More than 10000 numbers were given. Give at most"):
        inferred("1," * 20_000)
    with pytest.raises(MalformedAnswer, match=r"More than 10000 numbers were given. Give 2 num"):
        numbers("1 " * 50_000, 2)


def test_a_transposed_matrix_is_no_answer() -> None:
    assert "3 × 2, 2 × 3 is asked for" in refused("[1 2; 3 4; 5 6]", 2, 3).message


def test_a_file_is_no_typed_answer() -> None:
    with pytest.raises(MalformedAnswer, match="Type or paste"):
        parse(spec(1), RawAnswer(kind="tensor", files={"a.txt": b"1"}))


@pytest.mark.parametrize(
    ("token", "half_unit"),
    [("0.4722", 5e-5), ("1e-8", 5e-9), ("1.50e2", 0.5), ("135.", None), ("0", None), ("1/3", 0.0)],
)
def test_keeps_the_digits_that_were_given(token: str, half_unit: float | None) -> None:
    assert read(token).half_unit == pytest.approx(half_unit)


FINITE = st.floats(allow_nan=False, allow_infinity=False)
ROWS = st.integers(1, 4)


@given(st.lists(FINITE, min_size=1, max_size=20))
def test_any_list_that_python_prints_is_read_exactly(values: list[float]) -> None:
    assert numbers(repr(values), len(values)) == values


@given(st.lists(st.floats(width=32, allow_nan=False), min_size=1, max_size=30), ROWS)
@settings(deadline=None)
def test_any_tensor_that_torch_prints_is_read(values: list[float], rows: int) -> None:
    tensor = torch.tensor(values * rows).reshape(rows, -1)
    printed = re.findall(r"-?(?:inf|[0-9][0-9.]*(?:e[+-][0-9]+)?)", repr(tensor))
    assert numbers(repr(tensor), *tensor.shape) == list(map(float, printed))


SIZES = st.lists(st.integers(1, 3), max_size=3)


@given(SIZES, st.data(), st.sampled_from(["torch", "numpy", "list", "items"]))
@settings(deadline=None)
def test_the_shape_of_anything_printed_is_the_one_it_has(
    sizes: list[int], data: st.DataObject, printer: str
) -> None:
    count = math.prod(sizes)
    drawn = data.draw(st.lists(st.integers(-99, 99), min_size=count, max_size=count))
    array = np.array(drawn, dtype=np.float64).reshape(sizes) / 4
    printed = {
        "torch": repr(torch.tensor(array)),
        "numpy": str(array),
        "list": repr(array.tolist()),
        "items": repr(list(array)) if sizes else repr(array[()]),
    }[printer]
    assert inferred(printed) == (sizes, array.flatten().tolist())


@given(st.lists(st.complex_numbers(max_magnitude=1e6), min_size=1, max_size=12))
@settings(deadline=None)
def test_complex_arrays_are_read_as_numpy_and_python_print_them(values: list[complex]) -> None:
    array = np.array(values)
    asked = TensorSpec(kind="tensor", shape="any", decimals=4, complex=True)
    assert inferred(repr(values), asked) == ([len(values)], values)
    shape, found = inferred(np.array2string(array, floatmode="unique", precision=17), asked)
    assert (shape, found) == ([len(values)], values)


@given(
    st.lists(st.tuples(st.integers(-99, 99), st.integers(1, 99)), min_size=1, max_size=6),
    st.sampled_from(["{}/{}", "{} / {}", "{} /{}"]),
    st.sampled_from([", ", ",", "; ", ",\n "]),
)
def test_fractions_are_read_however_they_are_spaced(
    values: list[tuple[int, int]], form: str, separator: str
) -> None:
    text = separator.join(form.format(top, bottom) for top, bottom in values)
    assert numbers(text.replace("-", "- "), len(values)) == [top / low for top, low in values]


@given(st.text(alphabet="0123456789.eij+- ,;()[]/*^\n", max_size=40), st.booleans())
def test_anything_near_numbers_of_any_shape_is_read_or_refused(text: str, pairs: bool) -> None:
    asked = ANY.model_copy(update={"complex": pairs})
    try:
        shape, values = inferred(text, asked)
    except MalformedAnswer:
        return
    assert math.prod(shape) == len(values)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        values = numbers(text, 2)
    except MalformedAnswer:
        return
    assert len(values) == 2


@given(st.text(alphabet="0123456789.eE+-/[](),; naif×^*\n", max_size=60))
def test_any_near_number_is_read_or_refused(text: str) -> None:
    try:
        found = read(text)
    except Unreadable:
        return
    assert isinstance(found, Number)
    assert isinstance(found.value, float)


@given(FINITE, st.sampled_from(["", " ", "\n", "\u00a0"]), st.sampled_from([",", ";", " ", ",\n"]))
def test_space_and_separators_do_not_matter(value: float, space: str, separator: str) -> None:
    text = f"[{space}{value!r}{space}{separator}{space}{value!r}{space}]"
    assert numbers(text, 2) == [value, value]
