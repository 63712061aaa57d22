import torch


class Swish(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, beta):
        ctx.save_for_backward(x, beta)
        return x * torch.sigmoid(beta * x)

    @staticmethod
    def backward(ctx, above):
        x, beta = ctx.saved_tensors
        s = torch.sigmoid(beta * x)
        return above * s, (above * x * x * s * (1 - s)).sum()
