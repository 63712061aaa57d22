import torch


def chunked_attention(q, k, v, chunk):
    rows = []
    for i in range(len(q) // chunk):
        part = q[i * chunk:(i + 1) * chunk]
        rows.append(torch.softmax(part @ k.T / q.shape[1] ** 0.5, dim=1) @ v)
    return torch.cat(rows)
