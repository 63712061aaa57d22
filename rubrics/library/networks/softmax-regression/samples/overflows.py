import torch


def probabilities(X, W, b):
    E = torch.exp(X @ W + b)
    return E / E.sum(dim=1, keepdim=True)


def loss(X, y, W, b):
    P = probabilities(X, W, b)
    return -torch.log(P[torch.arange(len(y)), y]).mean()


def gradient(X, y, W, b):
    n = X.shape[0]
    D = probabilities(X, W, b)
    D[torch.arange(n), y] -= 1
    D = D / n
    return X.T @ D, D.sum(dim=0)


def descend(X, y, W, b, lr, steps):
    for _ in range(steps):
        dW, db = gradient(X, y, W, b)
        W = W - lr * dW
        b = b - lr * db
    return W, b
