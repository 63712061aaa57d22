"""The true cause is named, first, on graphs of several kinds; a right answer is left alone."""

import pytest
import torch

from rubrics.diagnose import explain
from rubrics.diagnose.record import record, traced
from rubrics.reference.gradient import default_dtype
from tests.unit.rubrics.diagnose.conftest import right, seen, table
from tests.unit.rubrics.diagnose.graphs import GRAPHS, Slip

CASES = [
    pytest.param(name, slip, id=f"{name}: {slip.name}")
    for name, (_, slips) in GRAPHS.items()
    for slip in slips
]


@pytest.mark.parametrize(("name", "slip"), CASES)
def test_the_true_cause_is_named_first(name: str, slip: Slip) -> None:
    found = explain(table(name), seen(table(name), slip.wrong()))
    assert found, "nothing was said"
    assert found[0].kind == slip.kind, found
    assert all(word in found[0].text for word in slip.words), found
    assert len(found) <= 3


@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize("decimals", [3, 4, 6])
def test_nothing_is_said_of_a_right_answer(name: str, decimals: int) -> None:
    answer = seen(table(name), right(GRAPHS[name][0]), decimals)
    assert bool(answer.right.all())
    assert explain(table(name), answer) == ()


@pytest.mark.parametrize("name", GRAPHS)
def test_the_traced_graph_gives_the_very_gradient(name: str) -> None:
    gradient = GRAPHS[name][0]
    with default_dtype(torch.float64):
        found = traced(gradient).gradient()
    torch.testing.assert_close(found, right(gradient), rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("name", GRAPHS)
def test_slips_change_the_gradient_and_each_other(name: str) -> None:
    rows = [table(name).true, *table(name).gradients]
    for index, one in enumerate(rows):
        for other in rows[index + 1 :]:
            assert not torch.allclose(one, other, rtol=1e-10, atol=1e-13)
    assert sum(slip.weight for slip in table(name).slips) == pytest.approx(1)


def test_every_edge_is_back_in_place_afterwards() -> None:
    with default_dtype(torch.float64):
        replay = record(GRAPHS["softmax"][0])
        before = replay.gradient()
    table("softmax")
    assert torch.equal(replay.gradient(), before)
