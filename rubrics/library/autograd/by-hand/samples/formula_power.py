import torch

x = torch.tensor([0.6, 0.1, 1.1, 0.3], dtype=torch.float64)
a = x + torch.tensor([1.0, 1.4, 1.8, 2.1], dtype=torch.float64)
exponent = 2 * x
x.grad = 5 / 4 * (a**exponent * a.log() * 2 + exponent * a ** (exponent - 1))
