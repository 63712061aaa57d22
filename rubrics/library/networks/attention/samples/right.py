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
    b, n, d = x.shape
    q = (x @ Wq).view(b, n, heads, d // heads).transpose(1, 2)
    k = (x @ Wk).view(b, n, heads, d // heads).transpose(1, 2)
    v = (x @ Wv).view(b, n, heads, d // heads).transpose(1, 2)
    output, _ = attention(q, k, v, mask)
    return output.transpose(1, 2).reshape(b, n, d) @ Wo
