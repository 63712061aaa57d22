"""Choices: read by ids, shown in an order of each student's own, judged by points."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.answers import MalformedAnswer, RawAnswer
from rubrics.answers.choice.parse import parse
from rubrics.answers.choice.spec import ChoiceSpec
from rubrics.loader import AssignmentError, load
from rubrics.outcome import Outcome
from tests.unit.rubrics.conftest import grade

Write = Callable[..., Path]
OPTIONS = [{"id": name, "text": name.upper()} for name in ("a", "b", "c", "d")]
LISTED = "[{id: a, text: A}, {id: b, text: B}, {id: c, text: C}, {id: d, text: D}]"


def spec(**more: object) -> ChoiceSpec:
    return ChoiceSpec.model_validate({"kind": "choice", "options": OPTIONS, **more})


@pytest.mark.parametrize("text", ["c, a", "a c", "a\nc\r\n", " a;c,", "c,a,c"])
def test_ids_in_any_order(text: str) -> None:
    found = parse(spec(many=True), RawAnswer(kind="choice", text=text))
    assert (found.data, found.text) == ({"chosen": ["a", "c"]}, "a, c")


@pytest.mark.parametrize(
    ("more", "text", "said"),
    [
        ({}, "", "Nothing is chosen"),
        ({}, "a, b", "Choose one"),
        ({}, "e", "no option `e`"),
        ({"many": True}, "a, <script>", "no option `<script>`"),
        ({"many": True, "at_most": 2}, "a b c", "at most 2"),
    ],
)
def test_what_is_refused(more: dict[str, object], text: str, said: str) -> None:
    with pytest.raises(MalformedAnswer) as caught:
        parse(spec(**more), RawAnswer(kind="choice", text=text))
    assert said in str(caught.value)


@given(st.text(max_size=20))
def test_each_student_sees_an_order_of_their_own(key: str) -> None:
    shuffled = spec(shuffle=True)
    order = [one.id for one in shuffled.in_order(key)]
    assert sorted(order) == ["a", "b", "c", "d"]
    assert order == [one.id for one in shuffled.in_order(key)]
    assert [one.id for one in spec().in_order(key)] == ["a", "b", "c", "d"]


def test_orders_differ() -> None:
    orders = {tuple(one.id for one in spec(shuffle=True).in_order(str(key))) for key in range(200)}
    assert len(orders) > 15


CHECK = (
    "[{id: v, kind: choices, title: V, options: [{id: a, points: 1}, {id: b, points: 1},"
    " {id: c, points: -0.5, feedback: Not c.}]%s}]"
)


@pytest.mark.parametrize(
    ("text", "credit", "outcome", "score"),
    [
        ("a b", "points", Outcome.CORRECT, 2),
        ("a", "points", Outcome.PARTIAL, 1),
        ("a c", "points", Outcome.PARTIAL, 0.5),
        ("c d", "points", Outcome.WRONG, 0),
        ("a b c d", "points", Outcome.PARTIAL, 1.5),
        ("a b", "all", Outcome.CORRECT, 2),
        ("a", "all", Outcome.WRONG, 0),
        ("a b d", "all", Outcome.WRONG, 0),
    ],
)
def test_points_add_up(
    write: Write, text: str, credit: str, outcome: Outcome, score: float
) -> None:
    folder = write(
        answers=f"[{{kind: choice, many: true, options: {LISTED}}}]",
        checks=CHECK % f", credit: {credit}",
    )
    found = grade(folder, RawAnswer(kind="choice", text=text))
    assert (found.outcome, found.score) == (outcome, score)


@pytest.mark.parametrize(
    ("text", "reveal", "said"),
    [
        ("a b", "false", "Right."),
        ("a", "false", "Not right. One right option is missing."),
        ("c", "false", "Not c. 2 right options are missing."),
        ("c", "true", "Not c. 2 right options are missing. Right: a, b."),
    ],
)
def test_feedback_names_what_was_chosen(write: Write, text: str, reveal: str, said: str) -> None:
    folder = write(
        answers=f"[{{kind: choice, many: true, options: {LISTED}}}]",
        checks=CHECK % f", reveal: {reveal}",
    )
    assert grade(folder, RawAnswer(kind="choice", text=text)).feedback == said


TWO = "[{id: v, kind: choices, title: V, options: [{id: a, points: 2}, {id: b, points: %s}]}"


@pytest.mark.parametrize(
    ("answers", "second", "text", "outcome", "said"),
    [
        ("", 2, "a", Outcome.CORRECT, "Right."),
        ("", 2, "b", Outcome.CORRECT, "Right."),
        ("", 2, "c", Outcome.WRONG, "Not right."),
        ("", 1, "b", Outcome.PARTIAL, "Not right."),
        ("many: true, at_most: 1, ", 2, "b", Outcome.CORRECT, "Right."),
        ("many: true, at_most: 1, ", 2, "d", Outcome.WRONG, "Not right."),
    ],
)
def test_what_earns_everything_is_right(
    write: Write, answers: str, second: float, text: str, outcome: Outcome, said: str
) -> None:
    waits = ", {id: w, kind: choices, title: W, needs: [v], options: [{id: a, points: 2}]}]"
    folder = write(
        answers=f"[{{kind: choice, {answers}options: {LISTED}}}]",
        checks=TWO % second + waits,
        points=4,
    )
    first, waiting = grade(folder, RawAnswer(kind="choice", text=text)).checks
    assert (first.outcome, first.feedback) == (outcome, said)
    assert (waiting.outcome == Outcome.SKIPPED) == (outcome != Outcome.CORRECT)


def test_of_more_right_options_than_may_be_chosen_some_are_enough(write: Write) -> None:
    options = "[{id: a, points: 1}, {id: b, points: 1}, {id: c, points: 1}]"
    folder = write(
        answers=f"[{{kind: choice, many: true, at_most: 2, options: {LISTED}}}]",
        checks=f"[{{id: v, kind: choices, title: V, options: {options}}}]",
    )
    found = grade(folder, RawAnswer(kind="choice", text="c a"))
    assert (found.outcome, found.score, found.feedback) == (Outcome.CORRECT, 2, "Right.")
    found = grade(folder, RawAnswer(kind="choice", text="c d"))
    assert found.feedback == "Not right. One right option is missing."


@pytest.mark.parametrize(
    ("answers", "checks", "said"),
    [
        ("many: true, ", "[{id: x, points: 2}]", "offers no option `x`"),
        ("many: true, ", "[{id: a, points: 1}]", "earns 1 points, the check has 2"),
        ("", "[{id: a, points: 1}, {id: b, points: 1}]", "earns 1 points, the check has 2"),
        ("many: true, ", "[{id: a, points: -1}]", "no option has positive points"),
        ("many: true, ", "[{id: a, points: 1}, {id: a, points: 1}]", "listed twice"),
        ("at_most: 2, ", "[{id: a, points: 2}]", "needs `many: true`"),
        ("many: true, ", "[{id: a, points: 1}, {id: b, points: 1}]", "chooses every option"),
        ("many: true, at_most: 4, ", "[{id: a, points: 2}]", "chooses every option"),
    ],
)
def test_an_author_is_told(write: Write, answers: str, checks: str, said: str) -> None:
    folder = write(
        answers=f"[{{kind: choice, {answers}options: {LISTED}}}]",
        checks=f"[{{id: v, kind: choices, title: V, options: {checks}}}]",
    )
    with pytest.raises(AssignmentError) as caught:
        load(folder)
    assert said in str(caught.value)
