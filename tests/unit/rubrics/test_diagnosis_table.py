"""The table of wrong gradients holds together; the engine is measured on it elsewhere."""

from collections import Counter
from inspect import getsource
from itertools import combinations

import pytest
import torch
from torch import Tensor

from tests.golden.diagnosis.case import KINDS, Case
from tests.golden.diagnosis.scoring import PLACED, Slip, is_multiple, names_true_cause, place_fits
from tests.golden.diagnosis.table import CASES, GRAPHS, NOT_THE_DERIVATIVE, Graph
from tests.golden.diagnosis.wrong_answers import wrong_answers

EVERY_GRAPH = pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
EVERY_CASE = pytest.mark.parametrize(("graph", "case"), CASES, ids=[case.id for _, case in CASES])


def _autograd(graph: Graph, dtype: torch.dtype) -> Tensor:
    inputs = graph.inputs(dtype)
    inputs[graph.wrt].requires_grad_()
    (gradient,) = torch.autograd.grad(graph.reference(**inputs).sum(), inputs[graph.wrt])
    return gradient


def _differences(graph: Graph, step: float = 1e-6) -> Tensor:
    def value(moved: Tensor) -> Tensor:
        return graph.reference(**{**graph.inputs(torch.float64), graph.wrt: moved}).sum()

    start = graph.inputs(torch.float64)[graph.wrt]
    slopes = [
        (
            value(start + step * unit.reshape(start.shape))
            - value(start - step * unit.view_as(start))
        )
        / (2 * step)
        for unit in torch.eye(start.numel(), dtype=torch.float64)
    ]
    return torch.stack(slopes).reshape(start.shape)


@EVERY_GRAPH
def test_the_gradient_by_hand_is_the_one_of_autograd(graph: Graph) -> None:
    torch.testing.assert_close(graph.right(), _autograd(graph, torch.float64))


@EVERY_GRAPH
def test_single_precision_gives_the_digits_asked_for(graph: Graph) -> None:
    single = _autograd(graph, torch.float32).double()
    assert not graph.digits.differ(single, graph.right(), 0.3)


@pytest.mark.parametrize("name", [name for name in GRAPHS if name not in NOT_THE_DERIVATIVE])
def test_the_gradient_by_hand_is_the_one_of_differences(name: str) -> None:
    graph = GRAPHS[name]
    torch.testing.assert_close(graph.right(), _differences(graph), rtol=1e-6, atol=1e-8)


@EVERY_GRAPH
def test_the_answer_is_as_large_as_a_homework_asks(graph: Graph) -> None:
    assert graph.right().numel() <= 12
    assert graph.title


@EVERY_CASE
def test_a_wrong_answer_has_the_shape_asked_for(graph: Graph, case: Case) -> None:
    answer = graph.answer(case)
    assert answer.shape == graph.right().shape
    assert answer.isfinite().all()
    assert answer.dtype == torch.float64


@EVERY_CASE
def test_a_wrong_answer_differs_beyond_its_digits(graph: Graph, case: Case) -> None:
    assert graph.digits.differ(graph.answer(case), graph.right(), 2)


@EVERY_CASE
def test_an_answer_is_made_the_same_again(graph: Graph, case: Case) -> None:
    assert torch.equal(graph.answer(case), graph.answer(case))


@EVERY_CASE
def test_a_case_says_what_it_is(graph: Graph, case: Case) -> None:
    assert case.id.startswith(f"{graph.name}/")
    assert case.kind in KINDS
    assert case.cause.endswith(".")
    assert (len(case.slips) == 2) == (case.kind == "pair")
    assert case.where or case.kind not in {"dropped_path", "missing_local_derivative"}


@EVERY_CASE
def test_a_place_is_one_of_the_source(graph: Graph, case: Case) -> None:
    source = getsource(graph.reference)
    local = PLACED.intersection({case.kind, *case.slips})
    assert not local or any(place_fits(source, (word,)) for word in case.where)


@EVERY_GRAPH
def test_no_two_wrong_answers_of_one_graph_are_alike(graph: Graph) -> None:
    alike = [
        (one.id, other.id)
        for one, other in combinations(graph.cases, 2)
        if not graph.digits.differ(graph.answer(one), graph.answer(other), 2)
    ]
    assert alike == []


def test_counts() -> None:
    kinds = Counter(case.kind for _, case in CASES)
    assert len(GRAPHS) >= 14
    assert len(CASES) >= 72
    assert kinds["outside"] >= len(CASES) / 5
    assert set(kinds) == set(KINDS)
    assert len({case.id for _, case in CASES}) == len(CASES)


def test_unexplained_answers_are_many_and_wrong() -> None:
    answers = list(wrong_answers())
    assert len(answers) >= 500
    assert len({answer.id for answer in answers}) == len(answers)
    for answer in answers:
        graph = GRAPHS[answer.graph]
        assert answer.values.shape == graph.right().shape
        assert graph.digits.differ(answer.values, graph.right(), 2)


def test_unexplained_answers_are_the_same_for_the_same_seed() -> None:
    pairs = zip(wrong_answers(7), wrong_answers(7), strict=True)
    assert all(torch.equal(one.values, other.values) for one, other in pairs)
    first, second = next(wrong_answers(7)), next(wrong_answers(8))
    assert not torch.equal(first.values, second.values)


@pytest.mark.parametrize(
    ("place", "where", "fits"),
    [
        ("b = a ** (2*x)", ("2 * x",), True),
        ("the exponent", ("exponent",), True),
        ("normalising sum", ("normalis",), True),
        ("torch.tanh", ("tanh",), True),
        ("x + shift", ("h",), False),
        ("mean", ("m",), False),
        ("", ("mean",), False),
    ],
)
def test_a_place_is_known_by_whole_words(place: str, where: tuple[str, ...], fits: bool) -> None:
    assert place_fits(place, where) is fits


def _accepted(case_id: str, *slips: Slip) -> bool:
    graph, case = next((graph, case) for graph, case in CASES if case.id == case_id)
    wrong = case.wrong(graph.inputs(torch.float64))
    return names_true_cause(case, slips, is_multiple(wrong, graph.right()))


def test_a_true_cause_is_accepted() -> None:
    assert _accepted("power/exponent_constant", Slip("dropped_path", "a ** (2 * x)"))
    assert _accepted("power/factor_three", Slip("scale"))
    assert _accepted("product/one_use", Slip("scale"))
    assert _accepted("softmax_regression/sign_and_sum", Slip("sign"), Slip("scale"))
    assert _accepted("layer_norm/statistics_constant", Slip("dropped_path", "layer_norm"))
    assert _accepted("linear_regression/by_features", Slip("scale"))


def test_a_false_cause_is_not_accepted() -> None:
    assert not _accepted("power/exponent_constant", Slip("sign"))
    assert not _accepted("power/exponent_constant", Slip("dropped_path", "c.mean()"))
    assert not _accepted("softmax_regression/sign_and_sum", Slip("sign"))
    assert not _accepted("power/neighbour", Slip("dropped_path", "mean"))
    assert not _accepted("power/neighbour", Slip("transpose"))
    assert not _accepted("neuron/half_slope", Slip("scale"))
