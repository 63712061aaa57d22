import torch

def train(X, y, classes):
    return lambda new: torch.zeros(len(new), classes
