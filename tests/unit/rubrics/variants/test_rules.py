"""What does not fit together is told with its line, before anybody runs the reference."""

from pathlib import Path

import pytest

from rubrics.loader import AssignmentError, load

GOOD = """key: course/made
title: Made
parameters:
  n: {kind: int, low: 2, high: 5}
constraints: ["n != 3"]
questions:
  - id: q
    title: Q
    points: 1
    statement: "Give {{n}} times {{k}}."
    parameters:
      k: {kind: int, low: 2, high: 9}
    answers: [{kind: number, decimals: 2}]
    checks: [{id: v, kind: values, title: V, reference: ref}]
"""


def faults(folder: Path, before: str, after: str) -> list[str]:
    assert before in GOOD
    (folder / "assignment.yaml").write_text(GOOD.replace(before, after))
    (folder / "reference.py").write_text("def ref(params):\n    return params.n * params.k\n")
    try:
        load(folder)
    except AssignmentError as error:
        return [str(one) for one in error.faults]
    return []


def test_a_sound_one_loads(tmp_path: Path) -> None:
    assert faults(tmp_path, "Made", "Made") == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("{{k}}", "{{j}}", "assignment.yaml:10: questions[0].statement: `{{j}}`: there is no"),
        ("{{k}}", "{{k[0]}}", "assignment.yaml:10: questions[0].statement: `{{k[0]}}`"),
        ("title: Made", "title: Made {{k}}", "assignment.yaml:2: title: a title is the same"),
        ("n != 3", "n <> 3", "assignment.yaml:5: constraints[0]: `n <> 3` is not of the form"),
        ("n != 3", "k != 3", "assignment.yaml:5: constraints[0]: `k != 3`: there is no parameter"),
        ("n != 3", "n > 5", "assignment.yaml:5: constraints: variant 0: no draw of"),
        (
            "      k: {",
            "      n: {",
            "assignment.yaml:12: questions[0].parameters.n: the assignment",
        ),
        ('["n != 3"]', '["n != 3"]\nvariants: {count: 5, skip: [5]}', "there is no variant 5"),
        ("low: 2, high: 9", "low: 9, high: 2", "assignment.yaml:12: questions[0].parameters.k"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, before: str, after: str, said: str) -> None:
    found = faults(tmp_path, before, after)
    assert any(said in one for one in found), found


def test_a_formula_is_read_with_values_drawn(tmp_path: Path) -> None:
    expression = """answers: [{kind: expression, symbols: [{name: x}]}]
    checks: [{id: v, kind: equivalent, title: V, formula: "x^{{k}} FORMULA"}]
"""
    head = GOOD[: GOOD.index("answers:")]
    file = tmp_path / "assignment.yaml"
    file.write_text(head + expression.replace("FORMULA", "+ {{n}}*x"))
    assert load(tmp_path).questions[0].checks[0].kind == "equivalent"
    file.write_text(head + expression.replace("FORMULA", "- {{n}}x2"))
    with pytest.raises(AssignmentError, match="For a power write x"):
        load(tmp_path)
    file.write_text(head + expression.replace("FORMULA", "+ ("))
    with pytest.raises(AssignmentError, match="formula"):
        load(tmp_path)
