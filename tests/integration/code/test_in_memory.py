"""What a function does to its arguments: leaves them, changes them, shares memory with them."""

import pytest

from rubrics.outcome import Outcome
from tests.integration.code.conftest import GradeCode

REFERENCE = """
    def f(x):
        return x.clamp_(0, 1)

    def cases(draw):
        yield case(torch.zeros(0)).named("nothing")
        yield case(draw.normal(3, 2).T).named("a view")
        for _ in range(3):
            yield case(2 * draw.normal(2, 3))
"""
PURE = REFERENCE.replace("clamp_", "clamp")
NEEDED = "- {id: v, kind: calls, title: V, call: f, cases: cases, weight: 1}\n"
UNCHANGED = NEEDED + "- {id: c, kind: input_unchanged, title: T, call: f, cases: cases, needs: [v]}"
ALIAS = NEEDED + "- {id: c, kind: no_alias, title: T, call: f, cases: cases, needs: [v]}"
IN_PLACE = "- {id: c, kind: in_place, title: T, call: f, cases: cases}"


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("return x.clamp_(0, 1)", Outcome.CORRECT),
        ("x[x < 0] = 0; x[x > 1] = 1; return x", Outcome.CORRECT),
        ("x.data = x.clamp(0, 1); return x", Outcome.CORRECT),
        ("return x.clamp(0, 1)", Outcome.WRONG),
        ("x.clamp_(0, 1)", Outcome.WRONG),
        ("x.clamp_(0, 1); return x.view_as(x)", Outcome.WRONG),
        ("x.clamp_(0, 1); return x.clone()", Outcome.WRONG),
        ("return x", Outcome.PARTIAL),
    ],
)
def test_in_place(grade_code: GradeCode, body: str, outcome: Outcome) -> None:
    found = grade_code(f"def f(x):\n    {body}\n", IN_PLACE, REFERENCE)["c"]
    assert found.evidence == "observed"
    if outcome == Outcome.CORRECT:
        assert found.outcome == outcome
    else:
        assert found.outcome in (Outcome.WRONG, Outcome.PARTIAL)
        assert found.score is not None
        assert found.score <= 2


def test_the_returned_object_may_be_left_free(grade_code: GradeCode) -> None:
    check = IN_PLACE.replace("cases: cases", "cases: cases, returns_same: false")
    found = grade_code("def f(x):\n    x.clamp_(0, 1)\n", check, REFERENCE)["c"]
    assert (found.outcome, found.evidence) == (Outcome.CORRECT, "values")


BESIDE_US = """
import sys
def f(x):
    frame = sys._getframe()
    while not hasattr(frame.f_locals.get("self"), "_inputs"):
        frame = frame.f_back
    inputs = frame.f_locals["self"]._inputs
    for name, one in list(inputs.items()):
        if one is x:
            inputs[name] = x.%s
"""


@pytest.mark.parametrize(
    ("source", "right"),
    [
        ("def f(x):\n    x.copy_(x.clamp(0, 1))\n    return 7\n", True),
        ("def f(x):\n    return x.clamp(0, 1)\n", False),
        ("def f(x):\n    x = x.clamp(0, 1)\n    return x\n", False),
        ("def f(x):\n    x.clamp_(0, 2)\n    return x.clamp(0, 1)\n", False),
        (BESIDE_US % "clamp(0, 1)", True),
        (BESIDE_US % "clamp(0, 2)", False),
    ],
)
def test_what_the_argument_holds_is_judged_from_values(
    grade_code: GradeCode, source: str, right: bool
) -> None:
    """Whoever reaches our objects must still have worked the right values out."""
    check = IN_PLACE.replace("cases: cases", "cases: cases, returns_same: false, credit: all")
    found = grade_code(source, check, REFERENCE)["c"]
    assert (found.outcome == Outcome.CORRECT, found.evidence) == (right, "values")


SORTED = """
    def f(x, n=0):
        x.sort()
        return x

    def cases(draw):
        yield case(draw.permutation(5).tolist())
        yield case(draw.permutation(7).tolist())

    def numbers(draw):
        yield case([1], 5)
"""
COUNTED = (
    SORTED.replace("x.sort()", "x['n'] = len(x)")
    .replace("draw.permutation(5).tolist()", "{'a': 1}")
    .replace("draw.permutation(7).tolist()", "{'b': 1, 'c': 2}")
)


@pytest.mark.parametrize(
    ("reference", "body", "right"),
    [
        (SORTED, "x.sort(); return x", True),
        (SORTED, "x[:] = sorted(x); return x", True),
        (SORTED, "x.sort(); return list(x)", False),
        (SORTED, "return sorted(x)", False),
        (SORTED, "return x", False),
        (COUNTED, "x['n'] = len(x); return x", True),
        (COUNTED, "return x | {'n': len(x)}", False),
    ],
)
def test_lists_and_dicts_are_one_object(
    grade_code: GradeCode, reference: str, body: str, right: bool
) -> None:
    check = IN_PLACE.replace("cases: cases", "cases: cases, credit: all")
    found = grade_code(f"def f(x):\n    {body}\n", check, reference)["c"]
    assert (found.outcome == Outcome.CORRECT) == right


def test_what_cannot_be_changed_is_the_authors_fault(grade_code: GradeCode) -> None:
    check = IN_PLACE.replace("cases: cases", "cases: numbers, argument: 1")
    found = grade_code("def f(x, n):\n    return n\n", check, SORTED)
    assert found["c"].outcome == Outcome.RUBRIC_ERROR


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("return x.clamp(0, 1)", Outcome.CORRECT),
        ("y = x.clamp(0, 1); x += 1; return y", Outcome.WRONG),
        ("y = x.clamp(0, 1); x.resize_(1); return y", Outcome.WRONG),
        ("return x.clamp_(0, 1)", Outcome.WRONG),
    ],
)
def test_input_unchanged(grade_code: GradeCode, body: str, outcome: Outcome) -> None:
    check = UNCHANGED.replace("needs: [v]", "needs: [v], credit: all")
    found = grade_code(f"def f(x):\n    {body}\n", check, PURE)["c"]
    assert (found.outcome, found.evidence) == (outcome, "observed")


def test_a_changed_input_does_not_reach_other_calls(grade_code: GradeCode) -> None:
    source = "def f(x):\n    y = x.clamp(0, 1)\n    x.fill_(7)\n    return y\n"
    found = grade_code(source, UNCHANGED, PURE)
    assert found["v"].outcome == Outcome.CORRECT


@pytest.mark.parametrize(
    ("body", "outcome"),
    [("return x.clamp(0, 1)", Outcome.CORRECT), ("return x.clamp_(0, 1)", Outcome.WRONG)],
)
def test_no_alias(grade_code: GradeCode, body: str, outcome: Outcome) -> None:
    check = ALIAS.replace("needs: [v]", "needs: [v], credit: all")
    found = grade_code(f"def f(x):\n    {body}\n", check, PURE)["c"]
    assert (found.outcome, found.evidence) == (outcome, "observed")


def test_a_view_within_a_nested_result_is_an_alias(grade_code: GradeCode) -> None:
    reference = """
        def f(x):
            return {"a": [x + 0]}

        def cases(draw):
            yield case(draw.normal(4))
    """
    source = "def f(x):\n    return {'a': [x[:]]}\n"
    assert grade_code(source, ALIAS, reference)["c"].outcome == Outcome.WRONG


ARRAYS = """
    def f(x, part=None):
        return x * 1 if part is None else x[part] * 1

    def cases(draw):
        yield case(draw.normal(6).numpy(), slice(1, 4))
        yield case(draw.normal(2, 3).numpy(), (slice(None), ...))
"""


@pytest.mark.parametrize(
    ("body", "alias"),
    [
        ("return x[part] * 1", False),
        ("return x[part]", True),
        ("return {'a': [x[::-1][part]]}['a'][0]", True),
        ("import torch; return torch.from_numpy(x)[part].numpy()", True),
        ("import torch; return torch.from_numpy(x)[part]", True),
        ("return x[:0]", False),
    ],
)
def test_arrays_share_memory_too(grade_code: GradeCode, body: str, alias: bool) -> None:
    first = "- {id: v, kind: source, title: V, forbid: [numel]}\n"
    check = ALIAS.removeprefix(NEEDED)
    found = grade_code(f"def f(x, part):\n    {body}\n", first + check, ARRAYS)["c"]
    assert found.outcome == (Outcome.WRONG if alias else Outcome.CORRECT)


@pytest.mark.parametrize(
    ("body", "outcome"),
    [("return x[part] * 1", Outcome.CORRECT), ("x += 1; return x[part] - 1", Outcome.WRONG)],
)
def test_a_slice_among_the_arguments_is_no_change(
    grade_code: GradeCode, body: str, outcome: Outcome
) -> None:
    found = grade_code(
        f"def f(x, part):\n    {body}\n",
        UNCHANGED.replace("[v]", "[s]").replace(
            NEEDED, "- {id: s, kind: source, title: V, forbid: [numel]}\n"
        ),
        ARRAYS,
    )["c"]
    assert found.outcome == outcome, found.feedback


LISTS = """
    def f(rows, more):
        return sum(rows[0])

    def cases(draw):
        yield case([[1, 2], [3]], more={"a": [1.5, draw.normal(2)]})
"""


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("return sum(rows[0])", Outcome.CORRECT),
        ("rows.append(1); return sum(rows[0])", Outcome.WRONG),
        ("rows[1].pop(); return sum(rows[0])", Outcome.WRONG),
        ("more['b'] = 1; return sum(rows[0])", Outcome.WRONG),
        ("more['a'][1].zero_(); return sum(rows[0])", Outcome.WRONG),
    ],
)
def test_a_changed_list_or_dict_is_seen(grade_code: GradeCode, body: str, outcome: Outcome) -> None:
    found = grade_code(f"def f(rows, more):\n    {body}\n", UNCHANGED, LISTS)
    assert found["v"].outcome == Outcome.CORRECT
    assert found["c"].outcome == outcome, found["c"].feedback


@pytest.mark.parametrize("checks", [UNCHANGED, ALIAS])
@pytest.mark.parametrize("given", ["program(lambda student, torch: student.f(1))", "case(1)"])
def test_where_nothing_could_be_changed_the_author_is_told(
    grade_code: GradeCode, checks: str, given: str
) -> None:
    reference = f"def f(x):\n    return x\n\ndef cases(draw):\n    yield {given}\n"
    found = grade_code("def f(x):\n    return x\n", checks, reference)
    assert found["v"].outcome == Outcome.CORRECT
    assert (found["c"].outcome, found["c"].score) == (Outcome.RUBRIC_ERROR, None)
