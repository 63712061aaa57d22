import torch

x = torch.tensor([0.6, 0.1, 1.1, 0.3], requires_grad=True)
a = x + torch.tensor([1.0, 1.4, 1.8, 2.1])
b = a ** (2 * x)
c = (b + 1) * 5
y = c.mean()
y.backward()
