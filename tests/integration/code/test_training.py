"""Classes, optimiser steps, recorded programs, and the quality of a trained model."""

import pytest

from rubrics.outcome import Outcome
from tests.integration.code.conftest import GradeCode

NET = """
    import torch
    from torch import nn
    class Net(nn.Module):
        def __init__(self, wide):
            super().__init__()
            self.first = nn.Linear(3, wide)
            self.second = nn.Linear(wide, 1)
        def forward(self, x):
            return self.second(torch.relu(self.first(x)))
"""
CASES = """
    def cases(draw):
        for wide in (2, 4):
            state = {
                "first.weight": draw.normal(wide, 3), "first.bias": draw.normal(wide),
                "second.weight": draw.normal(1, wide), "second.bias": draw.normal(1),
            }
            x, y = draw.normal(5, 3), draw.normal(5, 1)
            yield case(x%s).made_with(wide).with_state(state)
"""
STEPS = "- {id: c, kind: parameters_after, title: T, call: Net, cases: cases, steps: 4%s}"


def test_a_module_with_a_given_state(grade_code: GradeCode) -> None:
    checks = "- {id: c, kind: calls, title: T, call: Net, cases: cases}"
    reference = NET + CASES % ""
    assert grade_code(NET, checks, reference)["c"].outcome == Outcome.CORRECT
    wrong = NET.replace("torch.relu", "torch.tanh")
    assert grade_code(wrong, checks, reference)["c"].outcome == Outcome.WRONG
    other = NET.replace("self.first", "self.one")
    found = grade_code(other, checks, reference)["c"]
    assert found.outcome == Outcome.CRASHED
    assert "first.weight" in found.feedback


@pytest.mark.parametrize("options", ["", ", optimiser: Adam, options: {lr: 0.01}"])
def test_parameters_after_some_steps(grade_code: GradeCode, options: str) -> None:
    reference = NET + CASES % ", y"
    assert grade_code(NET, STEPS % options, reference)["c"].outcome == Outcome.CORRECT
    for wrong in (
        NET.replace("torch.relu", "torch.tanh"),
        NET.replace("torch.relu(", "torch.relu(1.01 * "),
        NET.replace("self.second(", "self.second.weight.detach().sum() * self.second("),
    ):
        found = grade_code(wrong, STEPS % options, reference)["c"]
        assert found.outcome in (Outcome.WRONG, Outcome.PARTIAL)


ENGINE = """
    class Value:
        def __init__(self, data):
            self.data, self.grad, self.before = float(data), 0.0, []
        def __add__(self, other):
            out = Value(self.data + other.data)
            out.before = [(self, 1.0), (other, 1.0)]
            return out
        def __mul__(self, other):
            out = Value(self.data * other.data)
            out.before = [(self, other.data), (other, self.data)]
            return out
        def backward(self, g=1.0):
            self.grad += g
            for one, d in self.before:
                one.backward(d * g)
"""
PROGRAM = """
    def cases(draw):
        a0, b0 = draw.number(1, 2), draw.number(1, 2)
        def do(student, torch):
            a, b = student.Value(a0), student.Value(b0)
            c = a * b + a * a
            c.backward()
            return c.data, a.grad, b.grad
        yield program(do, "a product and a square")
"""


def test_a_recorded_program_of_objects(grade_code: GradeCode) -> None:
    checks = "- {id: c, kind: calls, title: T, call: Value, cases: cases}"
    reference = ENGINE + PROGRAM
    assert grade_code(ENGINE, checks, reference)["c"].outcome == Outcome.CORRECT
    wrong = ENGINE.replace("self.grad += g", "self.grad = g")
    found = grade_code(wrong, checks, reference)["c"]
    assert found.outcome == Outcome.WRONG
    assert "tem 2 of the result" in found.feedback


QUALITY = "- {id: c, kind: quality, title: T, call: train, cases: cases, metric: fit%s}"
DATA = """
    def fit(outputs, targets):
        return -((outputs - targets) ** 2).mean()

    def cases(draw):
        w = draw.normal(3)
        x, hidden = draw.normal(40, 3), draw.normal(20, 3)
        yield case(x, x @ w).asking(hidden, targets=hidden @ w)
"""
TRAIN = """
    import torch
    def train(x, y):
        w = torch.linalg.lstsq(x, y[:, None]).solution[:, 0]
        return lambda new: %s
"""


@pytest.mark.parametrize(
    ("model", "score"),
    [
        ("new @ w", 10),
        ("new @ w + 1", 0),
        ("torch.full((20,), float('nan'))", 0),
        ("torch.zeros(())", 0),
        ("(new @ w)[:, None]", 0),
        ("None", 0),
        ("new @ w + 0.1 ** 0.5", 9),
    ],
)
def test_quality_on_hidden_data(grade_code: GradeCode, model: str, score: float) -> None:
    checks = QUALITY % ", at_least: -0.001, baseline: -0.991"
    found = grade_code(TRAIN % model, checks, DATA)["c"]
    assert found.score == pytest.approx(score, abs=0.02)
    assert found.outcome != Outcome.RUBRIC_ERROR


def test_targets_stay_with_the_judge(grade_code: GradeCode) -> None:
    """A model that looks through everything alive finds the inputs, and no target."""
    source = """
        import gc
        import torch
        def train(x, y):
            def model(new):
                found = [o for o in gc.get_objects() if isinstance(o, torch.Tensor)]
                return next((o for o in found if o.shape == (20,)), torch.zeros(20))
            return model
    """
    assert grade_code(source, QUALITY % ", at_least: -0.001", DATA)["c"].score == 0
