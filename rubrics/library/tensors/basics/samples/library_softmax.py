import torch
import torch.nn.functional as F


def frame(height, width):
    picture = torch.zeros(height, width)
    picture[:1] = 1
    picture[-1:] = 1
    picture[:, :1] = 1
    picture[:, -1:] = 1
    return picture


def count_positive(x):
    return torch.count_nonzero(x > 0).item()


def column_stats(x):
    return x.mean(0), x.std(0, correction=0)


def normalise(x):
    x = x - x.mean(1, keepdim=True)
    norm = x.std(1, correction=0, keepdim=True)
    norm[norm == 0] = 1
    return x / norm


def clip_(x, low, high):
    x[x < low] = low
    x[x > high] = high
    return x


def diagonal(x):
    if x.dim() != 2 or x.shape[0] != x.shape[1]:
        raise ValueError("not a square matrix")
    return torch.diagonal(x).clone()


def log_softmax(x):
    return F.log_softmax(x, -1)


if __name__ == "__main__":
    print(frame(4, 5))
