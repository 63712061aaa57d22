import torch

x = torch.tensor([[0.1], [0], [0.2], [1.0]], requires_grad=True)
a = x + torch.tensor([[1.0], [1.4], [1.0], [2.0]])
y = ((a ** (4 * x) + 3) * 5).mean()
y.backward()
