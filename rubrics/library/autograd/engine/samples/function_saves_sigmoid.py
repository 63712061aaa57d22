import torch


class Swish(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, beta):
        s = torch.sigmoid(beta * x)
        ctx.save_for_backward(x, beta, s)
        return x * s

    @staticmethod
    def backward(ctx, above):
        x, beta, s = ctx.saved_tensors
        slope = s * (1 - s)
        return above * (s + beta * x * slope), (above * x * x * slope).sum()
