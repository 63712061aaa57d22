import torch
from torch import nn


def train(X, y, classes):
    torch.manual_seed(0)
    mean, std = X.mean(0), X.std(0)
    net = nn.Linear(2, classes)
    optimiser = torch.optim.SGD(net.parameters(), lr=0.5)
    for _ in range(200):
        optimiser.zero_grad()
        nn.functional.cross_entropy(net((X - mean) / std), y).backward()
        optimiser.step()
    return lambda new: net((new - mean) / std)


def fit(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    w = torch.linalg.lstsq(A, y[:, None]).solution
    return lambda new: (torch.cat([new, torch.ones(len(new), 1)], dim=1) @ w)[:, 0]
