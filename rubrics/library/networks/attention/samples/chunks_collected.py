import torch


def chunked_attention(q, k, v, chunk):
    weights = []
    for start in range(0, len(q), chunk):
        scores = q[start:start + chunk] @ k.T / q.shape[1] ** 0.5
        weights.append(torch.softmax(scores, dim=1))
    return torch.cat(weights) @ v
