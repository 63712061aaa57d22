"""Use once what is slow the first time, so that no student waits for it.

Measured: the first optimiser imports torch._dynamo (1.2 s), the first vmap its own (1 s).
"""

import torch
from torch import nn


def torch_first_uses() -> None:
    """Touch optimisers, functional transforms, the common layers and serialisation."""
    layer = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 2))
    backward = torch.autograd.backward
    for kind in (torch.optim.SGD, torch.optim.Adam):
        step = kind(layer.parameters(), lr=0.1)
        step.zero_grad()
        backward([nn.functional.cross_entropy(layer(torch.ones(2, 4)), torch.tensor([0, 1]))])
        step.step()
    torch.func.vmap(torch.func.grad(lambda x: (x * x).sum()))(torch.ones(2, 2))
    x = torch.tensor([0.5, 1.0], requires_grad=True)
    backward([(x ** (4 * x)).mean()])
    backward([nn.Conv2d(1, 2, 3)(torch.ones(1, 1, 5, 5)).sum()])
    torch.linalg.svd(torch.eye(3))
    torch.fft.fft(torch.ones(4))
