"""Hidden data for training, and how what a model says of them is scored.

The models here are nearest neighbours: enough to show that the targets can be reached.
"""

import math
from collections.abc import Callable, Iterator

import torch

from rubrics.reference import Case, Draw, case

Model = Callable[[torch.Tensor], torch.Tensor]
TRAINING, HIDDEN = 400, 300


def train(X: torch.Tensor, y: torch.Tensor, classes: int) -> Model:
    """A model that gives the shares of classes among the five nearest neighbours."""
    near = _neighbours(X)
    votes = torch.nn.functional.one_hot(y, classes).to(X.dtype)
    return lambda new: votes[near(new)].mean(dim=1)


def fit(X: torch.Tensor, y: torch.Tensor) -> Model:
    """A model that gives the mean of the five nearest neighbours."""
    near = _neighbours(X)
    return lambda new: y[near(new)].mean(dim=1)


def accuracy(outputs: torch.Tensor, targets: torch.Tensor) -> float:
    """The share of examples whose greatest score is that of their class; outputs (m, classes)."""
    return float((outputs.argmax(dim=1) == targets).double().mean())


def explained(outputs: torch.Tensor, targets: torch.Tensor) -> float:
    """R²; both of shape (m,)."""
    targets = targets.double()
    left = ((outputs - targets) ** 2).sum()
    return float(1 - left / ((targets - targets.mean()) ** 2).sum())


def class_cases(draw: Draw) -> Iterator[Case]:
    """Rings around each other, and the corners of a square."""
    for points, title in ((_rings, "three rings"), (_corners, "the corners of a square")):
        (X, y), (hidden, targets) = points(draw, TRAINING), points(draw, HIDDEN)
        yield case(X, y, 3).asking(hidden, targets=targets).named(title)


def unit_cases(draw: Draw) -> Iterator[Case]:
    """Rings whose second feature is in another unit."""
    (X, y), (hidden, targets) = _rings(draw, TRAINING), _rings(draw, HIDDEN)
    scale, offset = torch.tensor([1.0, 2000.0]), torch.tensor([0.0, 5000.0])
    start = case(X * scale + offset, y, 3).asking(hidden * scale + offset, targets=targets)
    yield start.named("rings, the second feature around 5000")


def curve_cases(draw: Draw) -> Iterator[Case]:
    """A wave in the first feature and a parabola in the second, with noise."""
    shift = draw.number(0, 1)
    (X, y), (hidden, targets) = _curve(draw, TRAINING, shift), _curve(draw, HIDDEN, shift)
    yield case(X, y).asking(hidden, targets=targets).named("a wave and a parabola")


def _neighbours(X: torch.Tensor) -> Model:
    mean, scale = X.mean(dim=0), X.std(dim=0)
    known = (X - mean) / scale
    return lambda new: torch.cdist((new - mean) / scale, known).topk(5, largest=False).indices


def _rings(draw: Draw, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Class 0 around the origin, 1 and 2 on rings about it."""
    y = draw.integers(0, 2, count)
    radius = 1.2 * y + draw.uniform(0.0, 0.6, count)
    angle = draw.uniform(0, 2 * math.pi, count)
    return torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1), y


def _corners(draw: Draw, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Class 0 where the features have one sign, 1 where they differ, 2 about the origin."""
    signs = 2 * draw.integers(0, 1, count, 2) - 1
    X = signs * draw.uniform(0.8, 2.0, count, 2)
    y = (signs[:, 0] != signs[:, 1]).to(torch.int64)
    middle = draw.integers(0, 4, count) == 0
    X[middle], y[middle] = draw.uniform(-0.5, 0.5, int(middle.sum()), 2), 2
    return X, y


def _curve(draw: Draw, count: int, shift: float) -> tuple[torch.Tensor, torch.Tensor]:
    X = draw.uniform(-2, 2, count, 2)
    y = torch.sin(3 * X[:, 0] + shift) + 0.5 * X[:, 1] ** 2 + 0.05 * draw.normal(count)
    return X, y


class Line(torch.nn.Module):
    """The linear model of the second question; float64."""

    def __init__(self, d: int) -> None:
        """Parameters of zero: `weight` of shape (d,), `bias` of shape ()."""
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(d, dtype=torch.float64))
        self.bias = torch.nn.Parameter(torch.zeros((), dtype=torch.float64))

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Predictions, shape (n,)."""
        return X @ self.weight + self.bias


def descend(
    X: torch.Tensor, y: torch.Tensor, lr: float, steps: int, every: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Weight (d,) and bias () after all steps; prints the log."""
    line = Line(X.shape[1])
    optimiser = torch.optim.SGD(line.parameters(), lr=lr)
    for step in range(steps):
        loss = torch.nn.functional.mse_loss(line(X), y)
        if step % every == 0:
            print(f"step {step}: loss {loss.item():.6f}")
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
    print(f"done: loss {torch.nn.functional.mse_loss(line(X), y).item():.6f}")
    return line.weight.detach(), line.bias.detach()


def line_cases(draw: Draw) -> Iterator[Case]:
    """Parameters that are loaded; new ones, which are zero; a single example and feature."""
    for n, d in ((4, 3), (1, 1)):
        X = draw.normal(n, d, dtype=torch.float64)
        state = {"weight": draw.normal(d, dtype=torch.float64), "bias": torch.tensor(0.5).double()}
        yield case(X).made_with(d).with_state(state).named(f"{n} examples of {d} features")
    new = case(draw.normal(3, 2, dtype=torch.float64)).made_with(2)
    yield new.named("parameters as they begin")


def log_cases(draw: Draw) -> Iterator[Case]:
    """Steps that `every` divides, that it does not, one step, and none."""
    for steps, every in ((20, 10), (7, 3), (1, 5), (0, 2)):
        X = draw.normal(30, 3, dtype=torch.float64)
        noise = draw.normal(30, dtype=torch.float64)
        y = X @ torch.tensor([1.0, -2.0, 0.5]).double() + 1.5 + 0.5 * noise
        yield case(X, y, 0.05, steps, every).named(f"{steps} steps, a line every {every}")
