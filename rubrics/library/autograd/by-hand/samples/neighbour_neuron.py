import torch

x = torch.tensor([1.6, 0.6, 1.0])
w = torch.tensor([-0.4, -0.2, -0.3], requires_grad=True)
o = torch.sigmoid(w @ x + -0.5)
error = 0.5 * (0.1 - o) ** 2
error.backward()
