"""What cannot be traced truly is replayed as it runs; words come from the author's own lines."""

import pytest
import torch
import torch.nn.functional as F

from rubrics.diagnose import build, explain
from rubrics.diagnose.record import eager, record, traced
from rubrics.diagnose.replay import Replay
from rubrics.reference import Gradient, label
from rubrics.reference.gradient import default_dtype
from tests.unit.rubrics.diagnose.conftest import seen

X = torch.tensor([0.7, 1.6, -1.3, 2.4], dtype=torch.float64)


class Doubled(torch.autograd.Function):
    """A custom Function whose backward is not the derivative of its forward."""

    @staticmethod
    def forward(ctx: object, x: torch.Tensor) -> torch.Tensor:
        return 2 * x

    @staticmethod
    def backward(ctx: object, flows: torch.Tensor) -> torch.Tensor:
        return 3 * flows


def under_no_grad(x: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        scale = x.abs().sum()
    return ((x / scale) ** 2 * x).sum()


def with_custom_function(x: torch.Tensor) -> torch.Tensor:
    return (Doubled.apply(x) ** 2).sum()


def with_a_number_taken_out(x: torch.Tensor) -> torch.Tensor:
    return (x**2 * x.max().item()).sum()


def detached(x: torch.Tensor) -> torch.Tensor:
    return (x**2 * x.detach().exp()).sum()


def in_place(x: torch.Tensor) -> torch.Tensor:
    y = x.clone()
    y[0] = x[1] * x[2]
    y += x**2
    return (y**2).sum()


def gradient_of(function: object) -> Gradient:
    return Gradient(of=function, at={"x": X}, wrt="x")  # type: ignore[arg-type]


def replay_of(function: object) -> Replay:
    with default_dtype(torch.float64):
        return record(gradient_of(function))


@pytest.mark.parametrize(
    "function", [under_no_grad, with_custom_function, with_a_number_taken_out, detached, in_place]
)
def test_the_replay_is_true(function: object) -> None:
    true = gradient_of(function).evaluate(torch.float64)
    torch.testing.assert_close(replay_of(function).gradient(), true)


def test_a_trace_that_lies_is_not_used() -> None:
    with default_dtype(torch.float64):
        lie = traced(gradient_of(under_no_grad)).gradient()
        true = eager(gradient_of(under_no_grad)).gradient()
    assert not torch.allclose(lie, true)
    torch.testing.assert_close(replay_of(under_no_grad).gradient(), true)


@pytest.mark.parametrize("function", [with_custom_function, with_a_number_taken_out])
def test_what_cannot_be_traced_is_replayed_as_it_runs(function: object) -> None:
    with default_dtype(torch.float64), pytest.raises(RuntimeError):
        traced(gradient_of(function))
    assert replay_of(function).edges()


def test_a_custom_function_keeps_its_own_name() -> None:
    ops = {edge.above.op for edge in replay_of(with_custom_function).edges()}
    assert ops == {"sum", "pow", "doubled"}


def test_a_fallback_still_names_the_slip() -> None:
    table = build(gradient_of(under_no_grad))
    scale = X.abs().sum()
    (found,) = explain(table, seen(table, (X / scale) ** 2))
    assert found.kind == "dropped_path"
    assert found.text == (
        "You treated `(x / scale) ** 2` as a constant in `(x / scale) ** 2 * x`:"
        " the path through it was dropped."
    )


def test_a_fallback_keeps_labels() -> None:
    def function(x: torch.Tensor) -> torch.Tensor:
        return Doubled.apply(label(x**2, "the square")).sum()

    replay = replay_of(function)
    labels = {step.label for step in replay.steps.values()}
    assert "the square" in labels


def test_words_are_the_very_expression_of_each_operation() -> None:
    def function(x: torch.Tensor) -> torch.Tensor:
        return (torch.sin(x) * (3 * x) + F.softmax(x * x, dim=0)).sum()

    sources = {step.source for step in replay_of(function).steps.values()}
    assert {"torch.sin(x)", "3 * x", "x * x", "F.softmax(x * x, dim=0)"} <= sources


def test_a_long_expression_is_named_by_its_call() -> None:
    def function(x: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.smooth_l1_loss(
            x, torch.tensor([1.0, 2.0, 3.0, 4.0]), reduction="sum"
        )

    sources = {step.source for step in replay_of(function).steps.values()}
    assert "torch.nn.functional.smooth_l1_loss(…)" in sources


def test_two_edges_from_one_value_are_two_paths() -> None:
    def function(x: torch.Tensor) -> torch.Tensor:
        return (x * x).sum()

    edges = [edge for edge in replay_of(function).edges() if edge.below == "x"]
    assert len(edges) == 2


def test_a_label_costs_nothing_outside() -> None:
    assert label(X, "x") is X
