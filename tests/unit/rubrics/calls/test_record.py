"""What an author's program does is recorded, and carried out alike wherever it is."""

from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rubrics.calls.interpret import Scene, Undefined, build
from rubrics.checks.hidden import fresh
from rubrics.job import Call, Input
from rubrics.reference import AuthorError, Draw, case
from rubrics.reference.record import Names, Recorder, as_input


def carry_out(call: Call, inputs: dict[str, Input], student: Any) -> dict[str, Any]:
    def find(name: str) -> Any:
        if not hasattr(student, name):
            raise Undefined(name)
        return getattr(student, name)

    scene = Scene(find, lambda name: fresh(inputs[name], exact=False), torch)
    scene.run([step.model_dump() for step in call.steps])
    return {name: scene.value(tree) for name, tree in call.ship.items()}


def record(do: Any) -> tuple[Call, dict[str, Input]]:
    recorder = Recorder("t")
    result = do(Names(recorder, "student"), Names(recorder, "torch"))
    return recorder.call("t/0", "t", {"value": result}), recorder.inputs


class Student:
    """What a student's file might define."""

    scale = 3.0

    @staticmethod
    def f(x: Any, *more: Any, **named: Any) -> Any:
        return x, more, named


def test_everything_a_program_may_do() -> None:
    x = torch.tensor([1.0, 2.0])

    def do(student: Any, torch: Any) -> Any:
        kept = student.f(x, [1, (2, None)], key={"a": float("inf")}, part=slice(1, None), end=...)
        first = kept[0]
        first[0] = 7.0
        made = (2 * first + student.scale - 1) / 2 @ x
        shape = torch.zeros(2, dtype=torch_float64).dtype
        return kept, made, -made, made > 3, shape, abs(first[...])

    torch_float64 = torch.float64
    call, inputs = record(do)
    value = carry_out(call, inputs, Student)["value"]
    kept, made, minus, greater, dtype, shown = value
    assert kept[1] == ([1, (2, None)],)
    assert kept[2] == {"key": {"a": float("inf")}, "part": slice(1, None), "end": ...}
    assert float(made) == -float(minus) == ((2 * 7 + 2) / 2 * 7 + (2 * 2 + 2) / 2 * 2)
    assert bool(greater)
    assert dtype == torch.float64
    assert shown.tolist() == [7.0, 2.0]
    assert len(inputs) == 1, "one tensor is one input"
    assert x.tolist() == [1.0, 2.0], "the author's own is another"


@pytest.mark.parametrize(
    "look",
    [bool, float, int, len, list, lambda v: 3 in v, lambda v: next(iter(v))],
)
def test_a_program_may_not_look_at_values(look: Any) -> None:
    with pytest.raises(AuthorError, match="may not look at values"):
        record(lambda student, _: look(student.f(1)))


def test_a_program_has_an_end() -> None:
    def do(student: Any, _: Any) -> Any:
        value = student.f(1)
        for _ in range(5000):
            value = value + 1
        return value

    with pytest.raises(AuthorError, match="more than 4000 steps"):
        record(do)


def test_a_missing_name_is_told_apart() -> None:
    call, inputs = record(lambda student, _: student.nothing(1))
    with pytest.raises(Undefined, match="nothing"):
        carry_out(call, inputs, Student)


def test_same_and_shared() -> None:
    recorder = Recorder("t")
    x = torch.zeros(3)
    result = recorder.name("f")(x)[0]
    ship = {"same": recorder.same(result, x), "shares": recorder.shares([result[1:]], {"x": x})}
    call = recorder.call("t/0", "t", ship | {"other": recorder.shares(result + 0, x)})
    found = carry_out(call, recorder.inputs, Student)
    assert found == {"same": True, "shares": True, "other": False}


@given(
    st.lists(st.integers(0, 3), max_size=3),
    st.sampled_from([torch.float32, torch.float64, torch.int64, torch.bool, torch.bfloat16]),
    st.booleans(),
    st.booleans(),
)
def test_inputs_arrive_as_they_were(
    shape: list[int], dtype: torch.dtype, turned: bool, repeated: bool
) -> None:
    value = Draw(1).integers(0, 1, *shape).to(dtype)
    value = value.permute(list(reversed(range(value.dim())))) if turned else value
    value = value[:1].expand(2, *value.shape[1:]) if repeated and value.numel() and shape else value
    one = as_input(value)
    record = one.model_dump(exclude={"tensor"})
    record |= {"dtype": one.tensor.dtype, "shape": one.tensor.shape}
    for again in (fresh(one, exact=False), build(record, one.tensor.data, torch)):
        assert again.dtype == value.dtype
        assert torch.equal(again, value)
        assert again.is_contiguous() == value.is_contiguous()
        if not value.is_contiguous():
            assert again.stride() == value.stride()


def test_what_cannot_be_sent_is_the_authors_fault() -> None:
    for value in (object(), torch.zeros(2).to_sparse(), {1, 2}, b"bytes"):
        with pytest.raises(AuthorError):
            record(lambda student, _, value=value: student.f(value))


def test_draws_are_the_same_for_a_seed() -> None:
    def drawn(seed: int) -> list[Any]:
        draw = Draw(seed)
        return [draw.normal(3), draw.uniform(-1, 1, 2), draw.permutation(4), draw.integers(0, 9, 5)]

    assert all(map(torch.equal, drawn(5), drawn(5)))
    assert not all(map(torch.equal, drawn(5), drawn(6)))
    assert Draw(-3).integer(2, 2) == 2
    assert Draw(2**70).choice(["a"]) == "a"
    assert 1 <= Draw(1).number(1, 2) <= 2


def test_a_case_is_changed_by_copies() -> None:
    plain = case(1, b=2)
    assert (plain.named("x").title, plain.title) == ("x", "")
    made = plain.made_with(3).with_state({"w": torch.zeros(1)}).method("step")
    assert made.made is not None
    assert (made.made.args, made.after, plain.made) == ((3,), "step", None)
