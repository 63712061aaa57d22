"""One number, however it is typed."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.answers.number.parse import parse
from rubrics.answers.number.spec import NumberSpec
from rubrics.answers.raw import MalformedAnswer, RawAnswer
from rubrics.answers.tensor.complex_number import read_complex
from rubrics.answers.tensor.number import read

REAL = NumberSpec(kind="number", significant=3)
COMPLEX = NumberSpec(kind="number", decimals=2, complex=True)
MILLISECONDS = NumberSpec(kind="number", decimals=1, units=("ms", "milliseconds"))


def taken(spec: NumberSpec, text: str) -> complex:
    data = parse(spec, RawAnswer(kind="number", text=text)).data
    assert isinstance(data, dict)
    token = str(data["number"])
    return read_complex(token).value if spec.complex else read(token).value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.4722", 0.4722),
        (" 5 ", 5),
        ("−1e-8", -1e-8),
        ("1/3", 1 / 3),
        ("1 / 3", 1 / 3),
        ("+.5", 0.5),
        ("5.", 5),
        ("x = 2.5", 2.5),
        ("[2.5]", 2.5),
        ("(2.5)", 2.5),
        ("tensor(2.5000, grad_fn=<MeanBackward0>)", 2.5),
        ("tensor([2.5])", 2.5),
        ("np.float64(2.5)", 2.5),
        ("0.5,", 0.5),
        ("[0.5 ,]", 0.5),
        ("1.2×10⁻³", 1.2e-3),
        ("1.2 x 10^{-3}", 1.2e-3),
        ("1.2*10**-3", 1.2e-3),
        ("10^(-3)", 1e-3),
        ("- 10⁴", -1e4),
        ("1.2×10^-3", 1.2e-3),
        ("1.2 × 10^-3", 1.2e-3),
        ("1.2·10^(-3)", 1.2e-3),
        (r"1.2 \times 10^{-3}", 1.2e-3),
        ("inf", math.inf),
        ("- 7", -7),
    ],
)
def test_real_numbers(text: str, value: float) -> None:
    assert taken(REAL, text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 - 2i", 1 - 2j),
        ("1-2j", 1 - 2j),
        ("(1-2j)", 1 - 2j),
        ("2i + 1", 1 + 2j),
        ("-i", -1j),
        ("3", 3),
        ("1e-3j", 1e-3j),
        ("1e-3 + 1e+3j", 1e-3 + 1e3j),
        ("1/2 - 1/4*i", 0.5 - 0.25j),
        ("tensor(1.+2.j)", 1 + 2j),
        ("np.complex128(1+2j)", 1 + 2j),
        ("1. +2.j", 1 + 2j),
        ("2 i,", 2j),
        ("tensor(0.5000-0.2500j)", 0.5 - 0.25j),
    ],
)
def test_complex_numbers(text: str, value: complex) -> None:
    assert taken(COMPLEX, text) == value


@pytest.mark.parametrize("text", ["12.5", "12.5 ms", "12.5ms", "12.5 milliseconds", "t = 12.5 ms"])
def test_the_unit_may_be_given_or_left_out(text: str) -> None:
    assert taken(MILLISECONDS, text) == 12.5


@pytest.mark.parametrize(
    ("spec", "text", "said"),
    [
        (REAL, "", "Give one number"),
        (REAL, "1 2", "Write one number"),
        (REAL, "1, 2", "Write one number"),
        (REAL, "0,5", "decimal point"),
        (REAL, "1,000,000", "no commas"),
        (REAL, "1 - 2i", "Complex numbers are not asked for"),
        (REAL, "3 apples", "without a unit"),
        (REAL, "1/0", "divides by zero"),
        (REAL, "1e999", "too large"),
        (REAL, "9**9", "cannot be read"),
        (REAL, "__import__('os')", "cannot be read"),
        (REAL, "5" * 401, "longer than"),
        (REAL, "5" * 81, "longer than 80"),
        (COMPLEX, "1 + 2i + 3i", "not a complex number"),
        (COMPLEX, "1 + 2", "not a complex number"),
        (COMPLEX, "1 2", "cannot be read"),
        (COMPLEX, "1 2i", "cannot be read"),
        (COMPLEX, "1i 2", "cannot be read"),
        (REAL, "0,5,", "decimal point"),
        (COMPLEX, "i*i", "cannot be read"),
        (MILLISECONDS, "12.5 s", "Give it in ms"),
        (MILLISECONDS, "ms", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_told(spec: NumberSpec, text: str, said: str) -> None:
    with pytest.raises(MalformedAnswer) as caught:
        taken(spec, text)
    assert said in str(caught.value)


def test_a_file_is_no_number() -> None:
    with pytest.raises(MalformedAnswer, match="Type the number"):
        parse(REAL, RawAnswer(kind="number", files={"a.txt": b"5"}))


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9
    )
)
def test_any_decimal_is_read_exactly(value: object) -> None:
    for text in (f"{value}", f" {value:+}", f"{value:e}", f"[{value}]", f"y = {value};"):
        assert taken(REAL, text.replace("-", "−")) == float(str(value))


@given(st.fractions(max_denominator=10**6))
def test_any_fraction_is_read(value: Fraction) -> None:
    text = f"{value.numerator} / {value.denominator}"
    assert taken(REAL, text) == value.numerator / value.denominator


@given(
    st.decimals("-99", "99", places=3),
    st.integers(-40, 40),
    st.sampled_from(["×", " × ", "·", " \\times ", "*", " x ", "\\cdot"]),
    st.sampled_from(["10^{}", "10^{{{}}}", "10^({})", "10**{}", "10 ^ {}", "high"]),
    st.sampled_from(["{}", "[{}]", "np.float64({})", "x = {}", "{},"]),
)
def test_any_power_of_ten_is_read(
    value: object, power: int, times: str, form: str, around: str
) -> None:
    high = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    ten = "10" + str(power).translate(high) if form == "high" else form.format(power)
    text = around.format(f"{value}{times}{ten}")
    assert taken(REAL, text) == float(f"{value}e{power}")


@given(
    st.floats(-1e9, 1e9).map(lambda x: round(x, 3) + 0.0),
    st.floats(-1e9, 1e9).map(lambda x: round(x, 3) + 0.0),
    st.sampled_from(["{}{:+}i", "{} {:+}j", "({}{:+}j)", "tensor({}{:+}j)"]),
)
def test_any_complex_number_is_read(real: float, imaginary: float, form: str) -> None:
    assert taken(COMPLEX, form.format(real, imaginary)) == complex(real, imaginary)


@settings(max_examples=400)
@given(st.text(max_size=120), st.sampled_from([REAL, COMPLEX, MILLISECONDS]))
def test_junk_is_refused_or_read(text: str, spec: NumberSpec) -> None:
    try:
        taken(spec, text)
    except MalformedAnswer:
        return


@pytest.mark.parametrize(
    "given_options",
    [{}, {"decimals": 2, "significant": 3}, {"decimals": 2, "exact": True}, {"decimals": -1}],
)
def test_digits_are_asked_for_in_one_way(given_options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"decimals|greater"):
        NumberSpec.model_validate({"kind": "number", **given_options})
