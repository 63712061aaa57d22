import torch


def frame(height, width):
    picture = torch.zeros(height, width)
    for i in range(height):
        for j in range(width):
            if i in (0, height - 1) or j in (0, width - 1):
                picture[i, j] = 1
    return picture


def count_positive(x):
    return torch.count_nonzero(x > 0).item()


def column_stats(x):
    return x.mean(0), x.std(0, correction=0)


def normalise(x):
    rows = torch.zeros_like(x)
    for i in range(len(x)):
        row = x[i] - x[i].mean()
        norm = row.std(correction=0)
        rows[i] = row / norm if norm > 0 else torch.zeros_like(row)
    return rows


def clip_(x, low, high):
    x[x < low] = low
    x[x > high] = high
    return x


def diagonal(x):
    if x.dim() != 2 or x.shape[0] != x.shape[1]:
        raise ValueError("not a square matrix")
    return torch.diagonal(x).clone()


def log_softmax(x):
    largest = x.amax(-1, keepdim=True).detach()
    z = x - largest
    return z - torch.log(torch.exp(z).sum(-1, keepdim=True))


if __name__ == "__main__":
    print(frame(4, 5))
