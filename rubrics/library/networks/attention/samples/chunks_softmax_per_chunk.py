import torch


def chunked_attention(q, k, v, chunk):
    output = 0
    for start in range(0, len(k), chunk):
        scores = q @ k[start:start + chunk].T / q.shape[1] ** 0.5
        output = output + torch.softmax(scores, dim=1) @ v[start:start + chunk]
    return output
