import torch


class Swish:
    @staticmethod
    def apply(x, beta):
        return x * torch.sigmoid(beta * x)
