import torch


def probabilities(X, W, b)
    return torch.softmax(X @ W + b, dim=1)
