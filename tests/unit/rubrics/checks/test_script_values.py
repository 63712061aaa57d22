"""What a script leaves behind beside real floating numbers: whole, bool, complex, words, dicts."""

import json
from typing import Any

import pytest
import torch

from rubrics.audit import inspect
from rubrics.grade import CheckGrade
from rubrics.job import PlainValue, Value
from rubrics.judge import Judge
from rubrics.outcome import Outcome
from tests.unit.rubrics.conftest import Write, left, shipped

CODE = "[{kind: code, collect: x}]"
WIDE = "[{kind: code, collect: x, accept_dtypes: floating}]"


def judged(write: Write, returns: str, value: Value, answers: str = CODE) -> CheckGrade:
    folder = write(answers=answers, reference=f"def ref():\n    return {returns}\n")
    return left(folder, value, "x")


def plain(text: str) -> PlainValue:
    return PlainValue(json_text=text)


WHOLE = "torch.tensor([3, 4])"


@pytest.mark.parametrize(
    ("value", "score", "said"),
    [
        (shipped(torch.tensor([3, 4])), 2, ""),
        (shipped(torch.tensor([3, 5])), 1, "1 of 2 components is right"),
        (plain("[3, 4]"), 2, ""),
        (plain("[3, 4.0]"), 0, "`x` is not a whole number, nor rows of whole numbers"),
        (plain("[true, 4]"), 0, "not a whole number"),
        (plain('[3, {"special": "nan"}]'), 0, "not a whole number"),
        (plain('[3, {"dict": []}]'), 0, "not a whole number"),
        (plain("[[3, 4]]"), 0, "shape [1, 2], shape [2] is asked for"),
        (shipped(torch.tensor([3.0, 4.0])), 0, "has dtype float32, int64 is asked for"),
        (shipped(torch.tensor([3, 4], dtype=torch.int32)), 0, "int64 is asked for"),
        (shipped(torch.tensor([True, True])), 0, "int64 is asked for"),
    ],
)
def test_whole_numbers(write: Write, value: Value, score: float, said: str) -> None:
    found = judged(write, WHOLE, value)
    assert found.score == score
    assert said in found.feedback


def test_any_whole_type_where_any_is_taken_and_no_other(write: Write) -> None:
    value = torch.tensor([3, 4])
    assert judged(write, WHOLE, shipped(value.to(torch.uint8)), WIDE).score == 2
    for dtype in (torch.float32, torch.bool, torch.complex64):
        assert judged(write, WHOLE, shipped(value.to(dtype)), WIDE).score == 0
    assert judged(write, "3", plain("3")).score == 2
    assert judged(write, "3", plain("4")).score == 0


def test_whole_numbers_are_exact_as_far_as_they_can_be(write: Write) -> None:
    assert judged(write, str(2**53), plain(str(2**53))).score == 2
    assert judged(write, str(2**53), plain(str(2**53 - 1))).score == 0
    found = judged(write, str(2**53 + 2), plain(str(2**53 + 2)))
    assert (found.outcome, found.score) == (Outcome.RUBRIC_ERROR, None)


def test_a_float_may_be_written_as_a_whole_number_but_not_the_other_way(write: Write) -> None:
    assert judged(write, "torch.tensor([3.0, 4.0])", plain("[3, 4]")).score == 2
    assert judged(write, "torch.tensor([3.0, 4.0])", shipped(torch.tensor([3, 4]))).score == 0


@pytest.mark.parametrize(
    ("value", "score"),
    [
        (shipped(torch.tensor([True, False])), 2),
        (shipped(torch.tensor([True, True])), 1),
        (plain("[true, false]"), 2),
        (plain("[1, 0]"), 0),
        (shipped(torch.tensor([1, 0])), 0),
    ],
)
def test_truth_values(write: Write, value: Value, score: float) -> None:
    assert judged(write, "torch.tensor([True, False])", value).score == score


COMPLEX = "torch.polar(torch.tensor([1.0, 2.0]), torch.tensor([0.3, 1.1]))"
THERE = torch.polar(torch.tensor([1.0, 2.0]), torch.tensor([0.3, 1.1]))


@pytest.mark.parametrize(
    ("value", "score"),
    [
        (THERE, 2),
        (THERE + 5e-6, 2),
        (THERE + 1e-3j, 0),
        (THERE.conj().resolve_conj(), 0),
        (THERE.to(torch.complex128), 0),
        (THERE.real.contiguous(), 0),
    ],
)
def test_complex_numbers(write: Write, value: torch.Tensor, score: float) -> None:
    assert judged(write, COMPLEX, shipped(value)).score == score
    wide = judged(write, COMPLEX, shipped(value), WIDE)
    assert wide.score == (2 if value.dtype == torch.complex128 else score)


@pytest.mark.parametrize(
    ("returns", "given", "score"),
    [
        ("2 - 1.5j", '{"complex": [2.0, -1.5]}', 2),
        ("2 - 1.5j", '{"complex": [2.0, 1.5]}', 0),
        ("2 - 1.5j", '{"complex": [2.0, {"special": "nan"}]}', 0),
        ("2 + 0j", "2", 2),
        ("[2 - 1.5j, 1]", '[{"complex": [2.0, -1.5]}, 1]', 2),
        ("[2 - 1.5j, 1]", '[{"complex": [2.0, -1.5]}, 2.5]', 1),
        ("[2 - 1.5j, 1]", '[null, {"complex": [2.0, -1.5]}]', 0),
        ("torch.tensor([1.0, 2.0])", '[1.0, {"complex": [2.0, 0.0]}]', 0),
        ("torch.tensor([1.0, 2.0])", "[1.0, null]", 0),
        ("['a', 2 - 1.5j]", '["a", {"complex": [2.0, -1.5]}]', 2),
        ("['a', 2 - 1.5j]", '["a", {"complex": [2.0, -1.51]}]', 1),
        ("['a', 2 + 0j]", '["a", 2]', 2),
        ("['a', 2.5]", '["a", {"complex": [2.5, 0.0]}]', 1),
        ("['a', None]", '["a", null]', 2),
        ("['a', None]", '["a", 0]', 1),
        ("['a', 0]", '["a", null]', 1),
        ("{'a': None, 'b': 1}", '{"dict": [["a", null], ["b", 1]]}', 2),
        ("[None, None]", "[null, null]", 2),
    ],
)
def test_none_and_complex_numbers_of_python(
    write: Write, returns: str, given: str, score: float
) -> None:
    assert judged(write, returns, plain(given)).score == score


WORDS = "{'first': 'tanh', 'sizes': [2, 3], 'loss': 0.25, 'ok': True, 7: ['a', ['b']]}"


def sent(value: Any) -> PlainValue:
    def tree(one: Any) -> Any:
        if isinstance(one, dict):
            return {"dict": [[key, tree(part)] for key, part in one.items()]}
        return [tree(part) for part in one] if isinstance(one, list) else one

    return PlainValue(json_text=json.dumps(tree(value)))


@pytest.mark.parametrize(
    ("change", "score", "said"),
    [
        ({}, 14, ""),
        ({"loss": 0.2500001}, 14, ""),
        ({"first": "relu"}, 12, "6 of 7 parts are right. `first` of `x` is not the right value."),
        ({"sizes": [3, 2]}, 10, "item 1 of `sizes` of `x`"),
        ({"sizes": [2]}, 10, "`sizes` of `x` has 1 items, 2 are asked for."),
        ({"ok": 1}, 12, "`ok` of `x` is an int, a bool is asked for."),
        ({"more": 1}, 0, "`x` has keys that are not asked for."),
    ],
)
def test_dicts_are_compared_part_by_part(
    write: Write, change: dict[str, Any], score: float, said: str
) -> None:
    folder = write(answers=CODE, reference=f"def ref():\n    return {WORDS}\n", points=14)
    found = left(folder, sent(eval(WORDS) | change), "x")
    assert found.score == pytest.approx(score)
    assert said in found.feedback
    assert ("tanh" in found.feedback) is False


@pytest.mark.parametrize(
    ("returns", "right", "wrong"),
    [
        ("'tanh'", "tanh", "Tanh"),
        ("['a', 'b']", ["a", "b"], ["a"]),
        ("[[1, 2], [3]]", [[1, 2], [3]], [[1, 2], 3]),
        ("('a', 1)", ["a", 1], ["a", True]),
        ("{}", {}, []),
    ],
)
def test_words_and_uneven_lists(write: Write, returns: str, right: Any, wrong: Any) -> None:
    assert judged(write, returns, sent(right)).outcome is Outcome.CORRECT
    found = judged(write, returns, sent(wrong))
    assert found.outcome in (Outcome.WRONG, Outcome.PARTIAL)
    tensor = judged(write, returns, shipped(torch.ones(2)))
    assert (tensor.score, "is a 1-d tensor" in tensor.feedback) == (0, True)


def test_a_script_that_left_nothing_is_told_alike(write: Write) -> None:
    folder = write(answers=CODE, reference="def ref():\n    return 'tanh'\n")
    assert "not defined" in left(folder, plain("1"), "y").feedback


@pytest.mark.parametrize("returns", ["{'a': torch.ones(2)}", "None", "{1.5: 2}", "object()"])
def test_what_no_script_can_ship_is_our_fault(write: Write, returns: str) -> None:
    assert judged(write, returns, plain("1")).outcome is Outcome.RUBRIC_ERROR


def test_a_known_mistake_in_words(write: Write) -> None:
    checks = (
        "[{id: v, kind: values, title: V, reference: ref, mistakes: ["
        "{reference: other, feedback: No., credit: 0.5}, {reference: MORE, feedback: No.}]}]"
    )
    reference = (
        "def ref():\n    return 'tanh'\n\n\ndef other():\n    return 'relu'\n\n\n"
        "def third():\n    return 'gelu'\n\n\ndef number():\n    return 3\n"
    )
    told = {"third": [], "ref": ["is right"], "other": ["gives the same"], "number": ["fails"]}
    for name, said in told.items():
        folder = write(answers=CODE, checks=checks.replace("MORE", name), reference=reference)
        found = left(folder, plain('"relu"'), "x")
        assert (found.score, [one.kind for one in found.diagnoses]) == (1, ["known_mistake"])
        findings = inspect(Judge(folder).pose(0)).findings
        assert len(findings) == len(said)
        assert all(part in one.message for part, one in zip(said, findings, strict=True))


@pytest.mark.parametrize("returns", [WHOLE, "torch.tensor([True, False])", COMPLEX, WORDS])
def test_check_finds_nothing_at_fault(write: Write, returns: str) -> None:
    folder = write(answers=CODE, reference=f"def ref():\n    return {returns}\n")
    assert all("fails" not in one.message for one in inspect(Judge(folder).pose(0)).findings)
