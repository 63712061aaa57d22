import torch

x = torch.tensor([0.1, 0, 0.2, 1.0], dtype=torch.float32, requires_grad=True)
a = x + torch.tensor([1.0, 0.0, 1.0, 2.0])
y = ((a.log() * 4 * x).exp() + 3).mul(5).mean()
y.backward()
