import torch


def chunked_attention(q, k, v, chunk):
    top, bottom = 0, 0
    for start in range(0, len(k), chunk):
        w = torch.exp(q @ k[start:start + chunk].T / q.shape[1] ** 0.5)
        top = top + w @ v[start:start + chunk]
        bottom = bottom + w.sum(dim=1, keepdim=True)
    return top / bottom
