import torch


def probabilities(X, W, b):
    Z = X @ W + b
    E = torch.exp(Z - Z.max())
    return E / E.sum(dim=0)


def loss(X, y, W, b):
    Z = X @ W + b
    Z = Z - Z.max(dim=1, keepdim=True).values
    log_p = Z - torch.log(torch.exp(Z).sum(dim=1, keepdim=True))
    return -log_p[torch.arange(len(y)), y].mean().item()


def gradient(X, y, W, b):
    Z = X @ W + b
    E = torch.exp(Z - Z.max(dim=1, keepdim=True).values)
    D = E / E.sum(dim=1, keepdim=True)
    D[torch.arange(len(y)), y] -= 1
    return [X.T @ D / len(y), D.mean(dim=0)]


def descend(X, y, W, b, lr, steps):
    for _ in range(steps):
        dW, db = gradient(X, y, W, b)
        W, b = W + lr * dW, b + lr * db
    return W, b
