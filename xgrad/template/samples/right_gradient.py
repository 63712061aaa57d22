import torch

x = torch.tensor([1.2, 0.9, 0.3], requires_grad=True)
y = (x**2 * x.exp()).sum()
y.backward()
