import torch


def moving_mean(x, k):
    n = x.shape[-1]
    if k < 1 or k > n:
        raise ValueError("k must lie between 1 and n")
    means = [x[..., i:i + k].mean(dim=-1) for i in range(n - k)]
    return torch.stack(means, dim=-1)
