import torch

x = torch.tensor([1.2, 1.3, 0.6])
w = torch.tensor([-0.2, -0.4, 0.2], requires_grad=True)
o = torch.sigmoid(w @ x + -0.3)
error = 0.5 * (0.1 - o) ** 2
error.backward(retain_graph=True)
error.backward()
