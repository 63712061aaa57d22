import torch
import torch.nn.functional as F


def sizes(x, weight, stride, padding):
    rows = (x.shape[2] + 2 * padding - weight.shape[2]) // stride + 1
    columns = (x.shape[3] + 2 * padding - weight.shape[3]) // stride + 1
    return rows, columns


def correlate(x, weight, bias=None, stride=1, padding=0):
    stride = 1
    rows, columns = sizes(x, weight, stride, padding)
    x = F.pad(x, (padding, padding, padding, padding))
    out = 0
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            part = x[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride]
            out = out + torch.einsum("nchw,kc->nkhw", part, weight[:, :, i, j])
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
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
