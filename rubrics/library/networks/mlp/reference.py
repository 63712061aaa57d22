"""A multilayer perceptron derived by autograd, and the hidden cases."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import torch
from torch import nn

from rubrics.reference import Case, Draw, case

Params = list[tuple[torch.Tensor, torch.Tensor]]


def forward(X: torch.Tensor, parameters: Params) -> torch.Tensor:
    """The outputs, shape (n, k)."""
    for W, b in parameters[:-1]:
        X = torch.relu(X @ W + b)
    W, b = parameters[-1]
    return X @ W + b


def loss_and_gradients(
    X: torch.Tensor, Y: torch.Tensor, parameters: Params
) -> tuple[torch.Tensor, Params]:
    """Half the squared error, a mean over examples; and its gradients, by autograd."""
    leaves = [(W.detach().requires_grad_(), b.detach().requires_grad_()) for W, b in parameters]
    loss = ((forward(X, leaves) - Y) ** 2).sum() / (2 * len(X))
    found = iter(torch.autograd.grad(loss, [one for pair in leaves for one in pair]))
    return loss.detach(), list(zip(found, found, strict=True))


def sgd(X: torch.Tensor, Y: torch.Tensor, parameters: Params, lr: float, steps: int) -> Params:
    """The parameters after some steps on all examples."""
    for _ in range(steps):
        _, grads = loss_and_gradients(X, Y, parameters)
        pairs = zip(parameters, grads, strict=True)
        parameters = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in pairs]
    return parameters


class MLP(nn.Module):
    """The same network as a module, its layers in `layers`."""

    def __init__(self, sizes: Sequence[int]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(*pair) for pair in pairwise(sizes))

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """From (n, d) to (n, k)."""
        for layer in self.layers[:-1]:
            X = torch.relu(layer(X))
        outputs: torch.Tensor = self.layers[-1](X)
        return outputs


def gradient_cases(draw: Draw) -> Iterator[Case]:
    """Eight cases (X, Y, parameters); in each but the first, some hidden units are off."""
    yield _drawn(draw, 5, [3, 2]).named("a single layer")
    yield _drawn(draw, 6, [3, 16, 2]).named("two layers")
    yield _drawn(draw, 6, [4, 12, 10, 3]).named("three layers")
    yield _drawn(draw, 1, [3, 16, 2]).named("a single example")
    yield _one_hidden_unit(draw)
    yield _drawn(draw, 6, [3, 12, 2], torch.float64).named("float64")
    yield _drawn(draw, 7, [2, 10, 10, 10, 1]).named("four layers, one output")
    yield _drawn(draw, draw.integer(5, 10), [draw.integer(2, 5), 20, draw.integer(2, 4)])


def forward_cases(draw: Draw) -> Iterator[Case]:
    """The same without targets."""
    for one in gradient_cases(draw):
        X, _, parameters = one.args
        yield case(X, parameters).named(one.title)


def kink_cases(draw: Draw) -> Iterator[Case]:
    """Inputs and first biases of zero, so that each hidden unit gets 0."""
    _, Y, parameters = _drawn(draw, 2, [3, 5, 2]).args
    (W, b), last = parameters
    parameters = [(W, torch.zeros_like(b)), last]
    yield case(torch.zeros(2, 3), Y, parameters).named("hidden units of exactly 0")


def sgd_cases(draw: Draw) -> Iterator[Case]:
    """No step, one, then several."""
    for steps in (0, 1, 3, 10):
        X, Y, parameters = _drawn(draw, 8, [3, 8, 2]).args
        title = f"{steps} step{'' if steps == 1 else 's'}"
        yield case(X, Y, parameters, draw.number(0.02, 0.1), steps).named(title)


def module_cases(draw: Draw) -> Iterator[Case]:
    """One to three layers, with loaded parameters."""
    for sizes in ([3, 2], [3, 8, 2], [4, 12, 6, 3], [2, 16, 1]):
        X, _, parameters = _drawn(draw, 5, sizes).args
        yield case(X).made_with(sizes).with_state(_state(parameters)).named(f"sizes {sizes}")


def trained_cases(draw: Draw) -> Iterator[Case]:
    """The same with targets."""
    for sizes in ([3, 8, 2], [4, 12, 6, 3]):
        X, Y, parameters = _drawn(draw, 6, sizes).args
        yield case(X, Y).made_with(sizes).with_state(_state(parameters)).named(f"sizes {sizes}")


def _drawn(draw: Draw, n: int, sizes: list[int], dtype: torch.dtype = torch.float32) -> Case:
    parameters = [
        (
            draw.normal(before, after, dtype=dtype) / math.sqrt(before),
            draw.normal(after, dtype=dtype),
        )
        for before, after in pairwise(sizes)
    ]
    X, Y = draw.normal(n, sizes[0], dtype=dtype), draw.normal(n, sizes[-1], dtype=dtype)
    return case(X, Y, parameters).named(f"{n} examples, sizes {sizes}")


def _one_hidden_unit(draw: Draw) -> Case:
    """Each input and its negative, without a bias: of each pair one is off."""
    X, Y, parameters = _drawn(draw, 3, [3, 1, 2]).args
    (W, b), last = parameters
    parameters = [(W, torch.zeros_like(b)), last]
    return case(torch.cat([X, -X]), torch.cat([Y, Y]), parameters).named("a single hidden unit")


def _state(parameters: Params) -> dict[str, torch.Tensor]:
    state = {}
    for at, (W, b) in enumerate(parameters):
        state[f"layers.{at}.weight"], state[f"layers.{at}.bias"] = W.T.contiguous(), b
    return state


def layer_norm(
    x: torch.Tensor, gain: torch.Tensor, bias: torch.Tensor, eps: float
) -> dict[str, torch.Tensor]:
    """Mean and variance (n,), the normalised rows and the output (n, d)."""
    mean, variance = x.mean(dim=1), x.var(dim=1, correction=0)
    normalised = (x - mean[:, None]) / (variance[:, None] + eps).sqrt()
    output = gain * normalised + bias
    return {"mean": mean, "variance": variance, "normalised": normalised, "output": output}


def weighted_norm(
    above: torch.Tensor, x: torch.Tensor, gain: torch.Tensor, bias: torch.Tensor, eps: float
) -> torch.Tensor:
    """A number whose gradients are those asked for."""
    return (above * layer_norm(x, gain, bias, eps)["output"]).sum()


def layer_norm_backward(
    above: torch.Tensor, x: torch.Tensor, gain: torch.Tensor, bias: torch.Tensor, eps: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Gradients by x (n, d), gain (d,) and bias (d,), by autograd."""
    x, gain, bias = (one.detach().requires_grad_() for one in (x, gain, bias))
    weighted = weighted_norm(above, x, gain, bias, eps)
    dx, dgain, dbias = torch.autograd.grad(weighted, (x, gain, bias))
    return dx, dgain, dbias


def norm_cases(draw: Draw) -> Iterator[Case]:
    """One row, more, float64, rows far from zero, and a large eps."""
    yield case(*_normed(draw, 1, 4), 1e-5).named("a single example")
    yield case(*_normed(draw, 3, 5), 0.02).named("3 examples of 5 features, an eps of 0.02")
    yield case(*_normed(draw, 4, 6, torch.float64), 0.1).named("float64, an eps of 0.1")
    yield case(*_normed(draw, 2, 3), 0.5).named("an eps of 0.5")


def norm_back_cases(draw: Draw) -> Iterator[Case]:
    """The same, and what comes in from above."""
    for one in norm_cases(draw):
        x = one.args[0]
        yield case(draw.normal(*x.shape, dtype=x.dtype), *one.args).named(one.title)


def _normed(
    draw: Draw, n: int, d: int, dtype: torch.dtype = torch.float32
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    x = 1 + 2 * draw.normal(n, d, dtype=dtype)
    return x, draw.uniform(0.5, 2, d, dtype=dtype), draw.normal(d, dtype=dtype)
