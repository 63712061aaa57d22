import torch

inputs = torch.tensor([0.1, 0, 0.2, 1.0], dtype=torch.float32, requires_grad=True)
a = inputs + torch.tensor([1.0, 1.4, 1.0, 2.0])
y = ((a ** (4 * inputs) + 3) * 5).mean()
y.backward()
