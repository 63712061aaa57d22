import torch


def probabilities(X, W, b):
    rows = []
    for x in X:
        z = x @ W + b
        e = torch.exp(z - z.max())
        rows.append(e / e.sum())
    return torch.stack(rows)


def loss(X, y, W, b):
    total = 0
    for i in range(len(y)):
        z = X[i] @ W + b
        z = z - z.max()
        total = total + torch.log(torch.exp(z).sum()) - z[y[i]]
    return total / len(y)


def gradient(X, y, W, b):
    dW, db = torch.zeros_like(W), torch.zeros_like(b)
    P = probabilities(X, W, b)
    for i in range(len(y)):
        d = P[i].clone()
        d[y[i]] -= 1
        dW += torch.outer(X[i], d) / len(y)
        db += d / len(y)
    return dW, db


def descend(X, y, W, b, lr, steps):
    for _ in range(steps):
        dW, db = gradient(X, y, W, b)
        W, b = W - lr * dW, b - lr * db
    return W, b
