"""Looking answers up: parts of an answer, other orders, fewer digits, large gradients."""

import pytest
import torch

from rubrics.diagnose import Seen, build, explain
from rubrics.diagnose.table import MOST_COMPONENTS
from rubrics.reference import Gradient
from tests.unit.rubrics.diagnose.conftest import rounded, seen, table


def replaced(name: str, changes: dict[int, float]) -> Seen:
    values = rounded(table(name).true, 4).clone()
    for at, value in changes.items():
        values[at] = value
    return seen(table(name), values)


def test_a_slip_in_some_components_only_says_which() -> None:
    (found,) = explain(table("power"), replaced("power", {2: 0.9642}))
    assert found.kind == "dropped_path"
    assert found.text.startswith("In component 3: you treated the exponent `4*x`")


def test_a_wrong_component_without_a_cause_is_not_explained() -> None:
    assert explain(table("power"), replaced("power", {2: 0.8642})) == ()


def test_two_exchanged_components() -> None:
    (found,) = explain(table("power"), replaced("power", {0: 1.6824, 1: 0.9673}))
    assert found.kind == "permutation"
    assert "components 1, 2" in found.text


def test_fewer_digits() -> None:
    of = table("power")
    coarse = rounded(of.true, 2)
    answer = seen(of, coarse)
    coarse_units = torch.full_like(coarse, 5e-3)
    answer = Seen(coarse, answer.right, coarse_units, of.kept, answer.rtol, typed=True)
    (found,) = explain(of, answer)
    assert found.kind == "rounded"
    assert "fewer digits" in found.text


def test_digits_cut_off() -> None:
    of = table("power")
    cut = torch.trunc(of.true * 1e4) / 1e4
    (found,) = explain(of, seen(of, cut))
    assert found.kind == "rounded"
    assert "cut off" in found.text


def test_values_that_are_not_finite_are_not_explained() -> None:
    of = table("power")
    assert explain(of, seen(of, torch.full((4,), float("nan")))) == ()


def test_computed_values_are_matched_within_single_precision() -> None:
    of = table("MLP")
    row = next(i for i, slip in enumerate(of.slips) if "sigmoid" in slip.text)
    values = of.gradients[row].float().double()
    wrong = torch.zeros_like(values, dtype=torch.bool)
    answer = Seen(values, wrong, torch.zeros_like(values), of.kept, rtol=2e-5, typed=False)
    found = explain(of, answer)
    assert found[0].text == of.slips[row].text


def test_a_large_gradient_is_sampled_and_still_a_look_up(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = torch.Generator().manual_seed(0)
    weight = torch.randn(200, 100, generator=generator, dtype=torch.float64)
    at = torch.randn(100, generator=generator, dtype=torch.float64)

    def loss(w: torch.Tensor) -> torch.Tensor:
        return (torch.sigmoid(w @ at.to(w.dtype)) ** 2).mean()

    of = build(Gradient(of=loss, at={"w": weight}, wrt="w"))
    assert (of.size, of.kept.numel()) == (20_000, MOST_COMPONENTS)
    out = torch.sigmoid(weight @ at)
    wrong = torch.outer(2 * out / 200, at).flatten()[of.kept]
    none = torch.zeros_like(wrong, dtype=torch.bool)
    answer = Seen(wrong, none, torch.zeros_like(wrong), of.kept, rtol=2e-5, typed=False)
    monkeypatch.setattr(torch.autograd, "grad", None)  # nothing is differentiated any more
    found = explain(of, answer)
    assert found[0].text == (
        "You left out the derivative of `torch.sigmoid(w @ at.to(w.dtype))`: it was taken as 1."
    )
