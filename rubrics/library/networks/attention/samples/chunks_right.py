import torch


def chunked_attention(q, k, v, chunk):
    out = torch.empty(len(q), v.shape[1], dtype=q.dtype)
    for start in range(0, len(q), chunk):
        scores = q[start:start + chunk] @ k.T / q.shape[1] ** 0.5
        out[start:start + chunk] = torch.softmax(scores, dim=1) @ v
    return out
