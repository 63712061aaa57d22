import torch
from torch import nn


def forward(X, params):
    A = X
    for W, b in params[:-1]:
        A = torch.relu(A @ W + b)
    W, b = params[-1]
    return A @ W + b


def loss_and_gradients(X, Y, params):
    n = X.shape[0]
    inputs, scores, A = [], [], X
    for l, (W, b) in enumerate(params):
        inputs.append(A)
        Z = A @ W + b
        scores.append(Z)
        A = torch.relu(Z) if l < len(params) - 1 else Z
    loss = ((A - Y) ** 2).sum() / (2 * n)

    D = (A - Y) / n
    grads = []
    for l in reversed(range(len(params))):
        W, b = params[l]
        grads.insert(0, (inputs[l].T @ D, D.sum(dim=0)))
        if l > 0:
            D = (D @ W.T) * (scores[l - 1] >= 0)
    return loss, grads


def sgd(X, Y, params, lr, steps):
    for _ in range(steps):
        _, grads = loss_and_gradients(X, Y, params)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    return params


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(
            [nn.Linear(sizes[i], sizes[i + 1]) for i in range(len(sizes) - 1)]
        )

    def forward(self, X):
        for layer in self.layers[:-1]:
            X = torch.relu(layer(X))
        return self.layers[-1](X)
