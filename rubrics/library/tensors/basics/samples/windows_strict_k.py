import torch


def moving_mean(x, k):
    if k <= 1 or k >= x.shape[-1]:
        raise ValueError("k must lie between 1 and n")
    return x.unfold(-1, k, 1).mean(-1)
