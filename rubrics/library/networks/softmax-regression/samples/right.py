import torch


def probabilities(X, W, b):
    Z = X @ W + b
    Z = Z - Z.max(dim=1, keepdim=True).values
    E = torch.exp(Z)
    return E / E.sum(dim=1, keepdim=True)


def loss(X, y, W, b):
    Z = X @ W + b
    Z = Z - Z.max(dim=1, keepdim=True).values
    log_p = Z - torch.log(torch.exp(Z).sum(dim=1, keepdim=True))
    return -log_p[torch.arange(len(y)), y].mean()


def gradient(X, y, W, b):
    n = X.shape[0]
    D = probabilities(X, W, b)
    D[torch.arange(n), y] -= 1
    D = D / n
    return X.T @ D, D.sum(dim=0)


def descend(X, y, W, b, lr, steps):
    W, b = W.clone(), b.clone()
    for _ in range(steps):
        dW, db = gradient(X, y, W, b)
        W -= lr * dW
        b -= lr * db
    return W, b


if __name__ == "__main__":
    X, y = torch.randn(6, 3), torch.randint(0, 4, (6,))
    print(loss(X, y, torch.zeros(3, 4), torch.zeros(4)))
