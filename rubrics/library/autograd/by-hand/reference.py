"""The three gradients, each in the values that the student has."""

import torch
from torch.nn.functional import cross_entropy, one_hot

from rubrics.reference import Gradient, label
from rubrics.variants import Params


def power(params: Params) -> Gradient:
    """dy/dx of the first question, shape (4,)."""

    def y(x: torch.Tensor) -> torch.Tensor:
        a = label(x + torch.tensor(params.k), "the base `a`")
        exponent = label(params.m * x, "the exponent")
        b = label(a**exponent, "the power `b`")
        c = label((b + params.p) * params.s, "`c`")
        return c.mean()

    return Gradient(of=y, at={"x": torch.tensor(params.x)}, wrt="x")


def power_formula(params: Params) -> torch.Tensor:
    """The same, as one writes it after the chain rule."""
    x = torch.tensor(params.x)
    a, exponent = x + torch.tensor(params.k), params.m * x
    slope: torch.Tensor = a**exponent * params.m * a.log() + exponent * a ** (exponent - 1)
    scale: float = params.s / 4
    return slope * scale


def power_by_logarithm(params: Params) -> torch.Tensor:
    """The same by way of b = exp(m x log a)."""
    x = torch.tensor(params.x)
    a = x + torch.tensor(params.k)
    b: torch.Tensor = (x * params.m * a.log()).exp()
    scale: float = params.m * params.s / 4
    return (a.log() + x / a) * b * scale


def neuron(params: Params) -> Gradient:
    """dE/dw of the second question, shape (3,)."""

    def error(w: torch.Tensor) -> torch.Tensor:
        net = label((w * torch.tensor(params.x)).sum() + params.b, "the net input")
        o = label(net.sigmoid(), "the output `o`")
        gap = label(params.t - o, "the error `t - o`")
        return gap**2 / 2

    return Gradient(of=error, at={"w": torch.tensor(params.w)}, wrt="w")


def neuron_formula(params: Params) -> torch.Tensor:
    """The same: (o - t) o (1 - o) x."""
    x, w = torch.tensor(params.x), torch.tensor(params.w)
    o: torch.Tensor = 1 / (1 + (-(w @ x) - params.b).exp())
    delta: torch.Tensor = (o - params.t) * o * (1 - o)
    return delta * x


def softmax(params: Params) -> Gradient:
    """dL/dz of the third question, shape (2, 3)."""

    def loss(z: torch.Tensor) -> torch.Tensor:
        return cross_entropy(z, torch.tensor(params.label))

    return Gradient(of=loss, at={"z": torch.tensor(params.z)}, wrt="z")


def softmax_formula(params: Params) -> torch.Tensor:
    """The same: (p - one_hot) / 2."""
    weights = torch.tensor(params.z).exp()
    p = weights / weights.sum(dim=1, keepdim=True)
    return (p - one_hot(torch.tensor(params.label), 3)) / 2


def softmax_summed(params: Params) -> torch.Tensor:
    """A mistake: not divided by the number of examples."""
    return 2 * softmax_formula(params)


def softmax_untargeted(params: Params) -> torch.Tensor:
    """A mistake: p / 2, without the one-hot."""
    return torch.tensor(params.z).softmax(dim=1) / 2
