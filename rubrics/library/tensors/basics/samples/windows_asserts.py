import torch


def moving_mean(x, k):
    assert 1 <= k <= x.shape[-1], "k is out of range"
    return x.unfold(-1, k, 1).mean(-1)
