import torch


def moving_mean(x, k):
    n = x.shape[-1]
    if k < 1 or k > n:
        raise ValueError("k must lie between 1 and n")
    means = torch.zeros(*x.shape[:-1], n - k + 1)
    for i in range(n - k + 1):
        means[..., i] = x[..., i:i + k].mean(-1)
    return means
