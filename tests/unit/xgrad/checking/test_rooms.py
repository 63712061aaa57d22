"""What is measured in all settings is put together, and a refusal says what would do."""

import json

import pytest
import yaml

from rubrics.findings import Room, Scale
from rubrics.tolerance import Tolerance
from xgrad.checking.found import Found
from xgrad.checking.remedy import tolerance_that_would_do
from xgrad.checking.report import as_json, lines
from xgrad.checking.rooms import put_together


def room(used: float, nearest: float | None = None, **more: object) -> Room:
    known: dict[str, object] = {
        "question": "q",
        "check": "c",
        "kind": "calls",
        "tolerance": "float32's",
        "how": "`f`",
        "error": 0.5,
        "allowed": 0.25,
        "value": 7.0,
        "wrong": "" if nearest is None else "the sample far",
        "scales": (Scale(rtol=0, atol=0.25, needs=used, keeps=nearest),),
    }
    return Room.model_validate(known | {"used": used, "nearest": nearest} | more)


def test_the_worst_right_and_the_nearest_wrong_of_all_settings_count() -> None:
    rooms = [(room(0.1, 40), ""), (room(0.3), "no vector instructions"), (room(0.2, 9), "")]
    (whole,) = put_together(rooms)
    assert whole.note() == "q/c (calls, float32's): right ≤ 0.3, wrong ≥ 9 (the sample far)"
    assert list(whole.faults()) == []
    assert whole.how == "`f`, no vector instructions"


def test_a_right_answer_that_fails_is_told_with_a_tolerance_that_would_do() -> None:
    (whole,) = put_together([(room(2, 50, where="zeros"), "")])
    (said,) = whole.faults()
    assert "fails a right answer: `f` (zeros) is 0.5 off 7, where 0.25 is allowed" in said
    assert said.endswith("`tolerance: {rtol: 0, atol: 2.5e+00}` would do")


def test_a_wrong_answer_that_passes_is_told_with_a_tolerance_that_would_do() -> None:
    (whole,) = put_together([(room(0.01, 0.5), "")])
    (said,) = whole.faults()
    assert "passes a wrong answer, the sample far: it is off by 0.5 of what is allowed" in said
    assert said.endswith("`tolerance: {rtol: 0, atol: 1.8e-02}` would do")


def test_where_right_and_wrong_are_mixed_no_tolerance_is_promised() -> None:
    (whole,) = put_together([(room(3, 0.5), "")])
    assert len(list(whole.faults())) == 2
    assert all("no tolerance would do" in one for one in whole.faults())


def test_of_exact_answers_no_tolerance_is_asked() -> None:
    (whole,) = put_together([(room(1e12, exact=True), "")])
    (said,) = whole.faults()
    assert "ask for `decimals` or `significant` digits" in said


@pytest.mark.parametrize(("needs", "keeps"), [(0.0, 5.0), (0.0, None), (3e-7, 2.0), (4.0, 4.9)])
def test_what_is_advised_is_yaml_and_lies_in_the_gap(needs: float, keeps: float | None) -> None:
    scale = Scale(rtol=1.3e-6, atol=1e-5, needs=needs, keeps=keeps)
    said = tolerance_that_would_do([scale])
    assert said is not None
    found = Tolerance.model_validate(yaml.safe_load(said), strict=True)
    for mine, base in ((found.rtol, scale.rtol), (found.atol, scale.atol)):
        assert needs <= mine / base < (keeps or float("inf"))


def test_the_first_proportions_with_a_gap_are_taken() -> None:
    none = Scale(rtol=0.5, atol=0, needs=3, keeps=9)  # a relative tolerance of 1 and more is none
    closed = Scale(rtol=0, atol=1, needs=3, keeps=2)
    good = Scale(rtol=0, atol=1e-3, needs=1, keeps=None)
    assert tolerance_that_would_do([none, closed, good]) == "{rtol: 0, atol: 1.1e-02}"
    assert tolerance_that_would_do([none, closed]) is None


def test_a_program_reads_strict_json_and_people_one_line_a_check() -> None:
    found = Found(rooms=put_together([(room(0.25, 1e12, said="x"), "")]))
    told = json.loads(as_json("course/made", found, 1.0), parse_constant=pytest.fail)
    (one,) = told["tolerances"]
    assert told["ok"] is True
    assert (one["right"]["most"], one["wrong"], one["fits"]) == (
        0.25,
        {"least": None, "what": "the sample far"},
        True,
    )
    head, line, end = lines(found, "done")
    assert head.endswith("(1 is the tolerance):")
    assert line.endswith("wrong beyond any tolerance (the sample far)")
    assert end == "done"


def test_what_was_tried_in_part_is_a_warning() -> None:
    (whole,) = put_together([(room(0.25), ""), (room(0.1, partly=True), "")])
    (said,) = whole.warnings()
    assert "not every order of sums was tried" in said
