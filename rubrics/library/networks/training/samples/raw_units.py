import torch


def nearest(X, new, k=5):
    distances = torch.cdist(new, X, compute_mode="donot_use_mm_for_euclid_dist")
    return distances.topk(k, largest=False).indices


def train(X, y, classes):
    hot = torch.eye(classes)[y]
    return lambda new: hot[nearest(X, new)].mean(dim=1)


def fit(X, y):
    return lambda new: y[nearest(X, new)].mean(dim=1)
