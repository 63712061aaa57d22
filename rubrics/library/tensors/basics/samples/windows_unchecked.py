import torch


def moving_mean(x, k):
    return x.unfold(-1, k, 1).mean(-1)
