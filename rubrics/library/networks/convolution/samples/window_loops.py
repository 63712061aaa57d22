import torch
import torch.nn.functional as F


def sizes(x, weight, stride, padding):
    rows = (x.shape[2] + 2 * padding - weight.shape[2]) // stride + 1
    columns = (x.shape[3] + 2 * padding - weight.shape[3]) // stride + 1
    return rows, columns


def correlate(x, weight, bias=None, stride=1, padding=0):
    rows, columns = sizes(x, weight, stride, padding)
    x = F.pad(x, (padding, padding, padding, padding))
    out = torch.zeros(x.shape[0], weight.shape[0], rows, columns, dtype=x.dtype)
    for n in range(x.shape[0]):
        for k in range(weight.shape[0]):
            for r in range(rows):
                for c in range(columns):
                    top, left = r * stride, c * stride
                    window = x[n, :, top : top + weight.shape[2], left : left + weight.shape[3]]
                    out[n, k, r, c] = (window * weight[k]).sum()
                    if bias is not None:
                        out[n, k, r, c] += bias[k]
    return out


def correlate_backward(grad, x, weight, stride, padding):
    rows, columns = sizes(x, weight, stride, padding)
    padded = F.pad(x, (padding, padding, padding, padding))
    dx, dw = torch.zeros_like(padded), torch.zeros_like(weight)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            down = slice(i, i + stride * rows, stride)
            across = slice(j, j + stride * columns, stride)
            dw[:, :, i, j] = torch.einsum("nkhw,nchw->kc", grad, padded[:, :, down, across])
            dx[:, :, down, across] += torch.einsum("nkhw,kc->nchw", grad, weight[:, :, i, j])
    h, w = x.shape[2:]
    return dx[:, :, padding : padding + h, padding : padding + w], dw, grad.sum(dim=(0, 2, 3))
