import torch


def frame(height, width):
    picture = torch.zeros(height, width)
    picture[:1] = 1
    picture[-1:] = 1
    picture[:, :1] = 1
    picture[:, -1:] = 1
    return picture


def count_positive(x):
    return (x > 0).sum()


def column_stats(x):
    return x.mean(0), x.std(0, correction=0)


def normalise(x):
    x = x - x.mean(1, keepdim=True)
    norm = x.std(1, correction=0, keepdim=True)
    norm[norm == 0] = 1
    return x / norm


def clip_(x, low, high):
    return x.clamp(low, high)


def diagonal(x):
    if x.dim() != 2 or x.shape[0] != x.shape[1]:
        raise ValueError("not a square matrix")
    return torch.diagonal(x)


def log_softmax(x):
    largest = x.amax(-1, keepdim=True).detach()
    z = x - largest
    return z - torch.log(torch.exp(z).sum(-1, keepdim=True))


if __name__ == "__main__":
    print(frame(4, 5))
