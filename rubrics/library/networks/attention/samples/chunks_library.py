import torch
from torch.nn.functional import scaled_dot_product_attention


def chunked_attention(q, k, v, chunk):
    output = torch.empty(q.shape[0], v.shape[1], dtype=v.dtype)
    for start in range(0, q.shape[0], chunk):
        output[start:start + chunk] = scaled_dot_product_attention(q[start:start + chunk], k, v)
    return output
