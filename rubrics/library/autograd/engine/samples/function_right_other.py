import torch
from torch.autograd import Function


def sigma(z):
    return (1 + torch.tanh(z / 2)) / 2


class Swish(Function):
    """y = x s(bx), so dy/dx = s + b y (1 - s) and dy/db = x y (1 - s)."""

    @staticmethod
    def forward(x, beta):
        return x * sigma(beta * x)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad):
        x, beta = ctx.saved_tensors
        s = sigma(beta * x)
        rest = x * s * (1 - s)
        return grad * (s + beta * rest), torch.sum(grad * rest * x)


if __name__ == "__main__":
    x = torch.randn(5, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(1.3, dtype=torch.float64, requires_grad=True)
    print(torch.autograd.gradcheck(Swish.apply, (x, b)))
