from torch import float64, nn, zeros


class Line(nn.Module):
    """y = w x + b, nothing learned yet."""

    def __init__(self, d):
        nn.Module.__init__(self)
        self.register_parameter("weight", nn.Parameter(zeros(d)))
        self.register_parameter("bias", nn.Parameter(zeros([])))
        self.to(float64)

    def forward(self, X):
        return (X * self.weight).sum(dim=1).add(self.bias)
