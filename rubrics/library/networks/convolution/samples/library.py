import torch
import torch.nn.functional as F


def correlate(x, weight, bias=None, stride=1, padding=0):
    return F.conv2d(x, weight, bias, stride, padding)


def correlate_backward(grad, x, weight, stride, padding):
    dx = torch.nn.grad.conv2d_input(x.shape, weight, grad, stride, padding)
    dw = torch.nn.grad.conv2d_weight(x, weight.shape, grad, stride, padding)
    return dx, dw, grad.sum((0, 2, 3))
