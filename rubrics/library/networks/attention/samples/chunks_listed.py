import torch


def chunked_attention(q, k, v, chunk):
    scale = q.shape[1] ** 0.5
    rows = []
    for start in range(0, len(q), chunk):
        scores = q[start:start + chunk] @ k.T / scale
        rows.append(torch.softmax(scores, dim=1) @ v)
    return torch.cat(rows)
