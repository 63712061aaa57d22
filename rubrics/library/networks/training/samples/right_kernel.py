"""No network: ridge regression on random waves, for both."""
import math

import torch


class Ridge:
    def __init__(self, X, Y, count=300, width=0.7, penalty=1e-2):
        draw = torch.Generator().manual_seed(1)
        self.mean, self.std = X.mean(0, keepdim=True), X.std(0, keepdim=True)
        self.waves = torch.randn(2, count, generator=draw) / width
        self.phases = 2 * math.pi * torch.rand(count, generator=draw)
        F = self.features(X)
        A = F.T @ F + penalty * torch.eye(count)
        self.weights = torch.linalg.solve(A, F.T @ Y)

    def features(self, X):
        Z = (X - self.mean) / self.std
        return torch.cos(Z @ self.waves + self.phases)

    def __call__(self, X):
        return self.features(X) @ self.weights


def train(X, y, classes):
    return Ridge(X, torch.eye(classes)[y])


def fit(X, y):
    return Ridge(X, y)
