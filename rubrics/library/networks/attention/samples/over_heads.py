import math

import torch


def causal_mask(n):
    return torch.tril(torch.ones(n, n)).bool()


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    weights = torch.softmax(scores, dim=-1)
    if mask is not None:
        weights = weights.masked_fill(~mask, 0.0)
    return weights @ v, weights


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask=None):
    size = x.shape[-1] // heads
    outputs = []
    for h in range(heads):
        part = slice(h * size, (h + 1) * size)
        outputs.append(attention(x @ Wq[:, part], x @ Wk[:, part], x @ Wv[:, part], mask)[0])
    return torch.cat(outputs, dim=-1) @ Wo
