import torch


def moving_mean(x, k):
    n = x.size(-1)
    if not 0 < k <= n:
        raise ValueError(f"no window of {k} in {n} entries")
    total = torch.zeros_like(x[..., : n - k + 1])
    for shift in range(k):
        total += x[..., shift : shift + n - k + 1]
    return total / k
