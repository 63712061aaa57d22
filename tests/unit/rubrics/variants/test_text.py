"""Values in statements: plain in words and code, TeX between dollars."""

import pytest

from rubrics.placeholders import PlaceholderFault, Value, filled
from rubrics.schema import AssignmentFile
from rubrics.variants import draw, shown

VALUES: dict[str, Value] = {
    "n": 3,
    "m": -2,
    "f": 0.5,
    "tiny": -1e-05,
    "x": (0.1, -2.0),
    "A": ((1, 2), (3, 4)),
    "w": "a_b",
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("n is {{n}}, {{ f }}", "n is 3, 0.5"),
        ("`{{x}}` and {{x[1]}}", "`[0.1, -2.0]` and -2.0"),
        ("$x = {{x}}$", r"$x = \left(0.1,\ -2.0\right)$"),
        ("$$A = {{A}}$$", r"$$A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$$"),
        ("$A_{21} = {{A[1][0]}}$", "$A_{21} = 3$"),
        ("{{tiny}} and ${{tiny}}$", r"-1e-05 and $-1.0 \cdot 10^{-5}$"),
        ("$x {{n:+}} {{m:+}}$", "$x +3 -2$"),
        ("$2 \\cdot {{m:()}} + {{n:()}}$", "$2 \\cdot (-2) + 3$"),
        ("{{w}}, `{{w}}`, ${{w}}$", r"a_b, `a_b`, $\text{a\_b}$"),
        (
            "```python\nx = {{x}}  # $5, {{tiny}}$\n```",
            "```python\nx = [0.1, -2.0]  # $5, -1e-05$\n```",
        ),
        ("costs \\$5, {{tiny}} \\$", "costs \\$5, -1e-05 \\$"),
        ("$e^{ {{n}} }$ and $e^{2}$", "$e^{ 3 }$ and $e^{2}$"),
    ],
)
def test_values_in_text(text: str, said: str) -> None:
    assert filled(text, VALUES).replace("-1 ", "-1.0 ") == said


def test_negative_numbers_in_a_formula_are_bracketed() -> None:
    assert filled("x^{{m}} - {{tiny}}", VALUES, formula=True) == "x^(-2) - (-1e-05)"


@pytest.mark.parametrize("text", ["{{k}}", "{{n[0]}}", "{{x[2]}}", "{{A[0][2]}}"])
def test_what_is_not_drawn_is_a_fault(text: str) -> None:
    with pytest.raises(PlaceholderFault):
        filled(text, VALUES)


def test_without_values_braces_are_left_alone() -> None:
    assert filled("$e^{{x}}$", {}) == "$e^{{x}}$"


def test_a_whole_assignment_is_shown_with_its_values(assignment: AssignmentFile) -> None:
    variant = draw(assignment, 7)
    mine = shown(assignment, variant)
    params = variant.questions["q"]
    assert f"$n = {params.n}$ ({params.who})" in mine.statement
    assert mine.questions[0].statement.startswith(f"`x = {list(params.x)}`")
    assert "{{" not in mine.questions[0].statement
    assert mine.questions[0].checks == assignment.questions[0].checks
