"""Softmax regression by torch's own functions and autograd, and the hidden cases."""

import csv
from collections.abc import Iterator
from pathlib import Path

import torch
from torch.nn.functional import cross_entropy, one_hot

from rubrics.reference import Case, Draw, case


def probabilities(X: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Class probabilities of every example; shape (n, k)."""
    return torch.softmax(X @ W + b, dim=1)


def loss(X: torch.Tensor, y: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The mean cross-entropy; shape ()."""
    return cross_entropy(X @ W + b, y)


def gradient(
    X: torch.Tensor, y: torch.Tensor, W: torch.Tensor, b: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """The gradients of the loss by W (d, k) and b (k,), by autograd."""
    W, b = W.detach().requires_grad_(), b.detach().requires_grad_()
    dW, db = torch.autograd.grad(loss(X, y, W, b), (W, b))
    return dW, db


def gradient_of_the_sum(
    X: torch.Tensor, y: torch.Tensor, W: torch.Tensor, b: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """A mistake: not divided by the number of examples."""
    dW, db = gradient(X, y, W, b)
    return dW * len(y), db * len(y)


def gradient_without_targets(
    X: torch.Tensor,
    y: torch.Tensor,  # noqa: ARG001 - left out: that is the mistake
    W: torch.Tensor,
    b: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor]:
    """A mistake: p where it should be p less one_hot(y)."""
    p = probabilities(X, W, b)
    return X.T @ p / len(X), p.mean(dim=0)


def descend(
    X: torch.Tensor, y: torch.Tensor, W: torch.Tensor, b: torch.Tensor, lr: float, steps: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """W and b after some steps of gradient descent."""
    for _ in range(steps):
        dW, db = gradient(X, y, W, b)
        W, b = W - lr * dW, b - lr * db
    return W, b


def first_gradient() -> torch.Tensor:
    """The gradient by W (2, 3) at zero, of the standardised leaves."""
    X, y = _leaves()
    X = (X - X.mean(dim=0)) / X.std(dim=0, correction=0)
    return _at_zero(X, y)


def first_gradient_by_formula() -> torch.Tensor:
    """The same: every probability is a third."""
    X, y = _leaves()
    X = (X - X.mean(dim=0)) / (X.square().mean(dim=0) - X.mean(dim=0).square()).sqrt()
    return X.T @ (torch.full((), 1 / 3) - one_hot(y, 3)) / len(X)


def gradient_of_raw_features() -> torch.Tensor:
    """A mistake: not standardised."""
    return _at_zero(*_leaves())


def gradient_of_the_sum_of_leaves() -> torch.Tensor:
    """A mistake: not divided by the number of leaves."""
    return 45 * first_gradient()


def gradient_by_the_other_divisor() -> torch.Tensor:
    """A mistake: standard deviations by n - 1."""
    scale: float = (44 / 45) ** 0.5
    return scale * first_gradient()


def gradient_in_order_of_appearance() -> torch.Tensor:
    """A mistake: linden, ash, oak."""
    return first_gradient()[:, [1, 0, 2]]


def _leaves() -> tuple[torch.Tensor, torch.Tensor]:
    """Features (45, 2) and classes (45,), by the alphabet."""
    with Path(__file__).with_name("leaves.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    trees = sorted({row["tree"] for row in rows})
    X = torch.tensor([[float(row["length"]), float(row["width"])] for row in rows])
    return X, torch.tensor([trees.index(row["tree"]) for row in rows])


def _at_zero(X: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    W, b = X.new_zeros(2, 3), X.new_zeros(3)
    return gradient(X, y, W, b)[0]


def loss_cases(draw: Draw) -> Iterator[Case]:
    """Ten cases of (X, y, W, b): three of large scores, then odd sizes, then draws.

    Large scores are sums of whole numbers, so that no order of evaluation rounds them.
    """
    X, W = _whole(draw, 4, 2), _whole(draw, 2, 3)
    y, b = torch.tensor([0, 2, 1, 0]), torch.tensor([0.0, 1.0, 2.0])
    yield case(X, y, W, b + 1000).named("scores near 1000")
    yield case(X, y, W, b - 1000).named("scores near −1000")
    yield _far_apart()
    yield _drawn(draw, 1, 3, 4).named("a single example")
    yield _drawn(draw, 5, 3, 1).named("a single class")
    yield _drawn(draw, 6, 2, 3, torch.float64).named("float64")
    yield _column_major(draw)
    for _ in range(3):
        yield _drawn(draw, draw.integer(5, 12), draw.integer(2, 6), draw.integer(2, 6))


def probabilities_cases(draw: Draw) -> Iterator[Case]:
    """The same cases without their classes."""
    for one in loss_cases(draw):
        X, _, W, b = one.args
        yield case(X, W, b).named(one.title)


def smooth_cases(draw: Draw) -> Iterator[Case]:
    """Four moderate cases, for derivatives."""
    for n, d, k in ((1, 2, 3), (4, 3, 2), (6, 2, 5), (8, 4, 3)):
        yield _drawn(draw, n, d, k)


def descend_cases(draw: Draw) -> Iterator[Case]:
    """No step, one step, then several."""
    for steps in (0, 1, 2, 5, 20):
        X, y, W, b = _drawn(draw, 8, 3, 4).args
        title = f"{steps} step{'' if steps == 1 else 's'}"
        yield case(X, y, W, b, draw.number(0.05, 0.5), steps).named(title)


def _drawn(draw: Draw, n: int, d: int, k: int, dtype: torch.dtype = torch.float32) -> Case:
    X, W = draw.normal(n, d, dtype=dtype), draw.normal(d, k, dtype=dtype)
    title = f"{n} example{'' if n == 1 else 's'}, {d} features, {k} class{'' if k == 1 else 'es'}"
    return case(X, draw.integers(0, k - 1, n), W, draw.normal(k, dtype=dtype)).named(title)


def _whole(draw: Draw, *shape: int) -> torch.Tensor:
    return draw.integers(-2, 2, *shape).to(torch.float32)


def _far_apart() -> Case:
    """Scores of 0 and far below, so that the right class's probability vanishes in float32."""
    W = torch.tensor([[0.0, -500.0, -1000.0], [-400.0, 0.0, -200.0], [-300.0, -600.0, 0.0]])
    y = torch.tensor([1, 2, 2])
    return case(torch.eye(3), y, W, torch.zeros(3)).named("scores far apart")


def _column_major(draw: Draw) -> Case:
    X, y, W, b = _drawn(draw, 7, 4, 3).args
    X, W = X.T.contiguous().T, W.T.contiguous().T
    return case(X, y, W, b).named("tensors that are not contiguous")
