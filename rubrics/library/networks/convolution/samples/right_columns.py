"""Windows as columns of a matrix: one product forward, two back."""
import torch
from torch.nn import functional


def correlate(x, weight, bias=None, stride=1, padding=0):
    K, C, Kh, Kw = weight.shape
    columns = functional.unfold(x, (Kh, Kw), padding=padding, stride=stride)
    out = weight.reshape(K, -1) @ columns
    if bias is not None:
        out = out + bias[:, None]
    rows = (x.size(2) + 2 * padding - Kh) // stride + 1
    return out.reshape(x.size(0), K, rows, -1)


def correlate_backward(grad, x, weight, stride, padding):
    K, C, Kh, Kw = weight.shape
    columns = functional.unfold(x, (Kh, Kw), padding=padding, stride=stride)
    flat = grad.flatten(2)
    dw = (flat @ columns.transpose(1, 2)).sum(0).reshape(weight.shape)
    spread = weight.reshape(K, -1).t() @ flat
    dx = functional.fold(spread, x.shape[2:], (Kh, Kw), padding=padding, stride=stride)
    return dx, dw, flat.sum(2).sum(0)
