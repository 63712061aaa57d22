import torch


def frame(height, width)
    return torch.ones(height, width)
