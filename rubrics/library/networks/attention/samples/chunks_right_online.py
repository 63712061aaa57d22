import math

import torch


def chunked_attention(q, k, v, chunk):
    """Keys piece by piece; sums are relative to the largest score so far."""
    n = q.size(0)
    largest = torch.full((n,), -math.inf, dtype=q.dtype)
    denominator = torch.zeros(n, dtype=q.dtype)
    numerator = torch.zeros(n, v.size(1), dtype=q.dtype)
    for keys, values in zip(k.split(chunk), v.split(chunk)):
        s = torch.einsum("id,jd->ij", q, keys).div_(math.sqrt(q.size(1)))
        new = torch.maximum(largest, s.max(dim=1).values)
        shrink = torch.exp(largest - new)
        w = s.sub_(new[:, None]).exp_()
        denominator = denominator * shrink + w.sum(1)
        numerator = numerator * shrink[:, None] + w @ values
        largest = new
    return numerator / denominator[:, None]
