"""Every check and every kind of answer that there is stands in some assignment of the library, and
every assignment in it is sound.
"""

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from rubrics.audit import inspect
from rubrics.check_specs import CheckSpec
from rubrics.judge import Judge
from rubrics.schema import AnswerSpec, Assignment
from tests.golden import library

ASSIGNMENTS = library.assignments()
QUESTIONS = [question for one in ASSIGNMENTS for question in one.questions]


def _kinds(annotated: Any) -> set[str]:
    """The kinds of a union of models, as the schema names them."""
    union, *_ = get_args(annotated)
    return {kind for model in get_args(union) for kind in _kind(model)}


def _kind(model: Any) -> tuple[str, ...]:
    return get_args(model.model_fields["kind"].annotation)


def _codes() -> Iterator[Any]:
    return (answer for one in QUESTIONS for answer in one.answers if answer.kind == "code")


def test_every_kind_of_answer_is_shown() -> None:
    assert {answer.kind for one in QUESTIONS for answer in one.answers} == _kinds(AnswerSpec)


def test_every_kind_of_check_is_shown() -> None:
    assert {check.kind for one in QUESTIONS for check in one.checks} == _kinds(CheckSpec)


@pytest.mark.parametrize("option", ["collect", "files", "given", "tags"])
def test_every_way_to_hand_in_code_is_shown(option: str) -> None:
    assert any(getattr(code, option) for code in _codes())


def test_hidden_checks_and_checks_that_need_others_are_shown() -> None:
    checks = [check for one in QUESTIONS for check in one.checks]
    assert any(check.hidden for check in checks)
    assert any(check.needs for check in checks)


def test_numbers_of_every_sort_are_shown() -> None:
    answers = [answer for one in QUESTIONS for answer in one.answers]
    tensors = [one for one in answers if one.kind == "tensor"]
    assert {form for one in tensors for form in one.forms} == {
        "typed",
        "json",
        "npy",
        "safetensors",
    }
    assert any(one.shape == "any" for one in tensors)
    assert any(one.complex for one in tensors)
    numbers = [one for one in answers if one.kind == "number"]
    assert any(one.complex for one in numbers)
    assert any(one.units for one in numbers)


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda one: one.key)
def test_no_variant_tried_is_at_fault(assignment: Assignment) -> None:
    assert inspect(Judge(assignment.folder).pose(0)).findings == ()
