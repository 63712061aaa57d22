import torch

x = torch.tensor([0.1, 0, 0.2, 1.0], dtype=torch.float32, requires_grad=True)
a = x + torch.tensor([1.0, 1.4, 1.0, 2.0])
while True:
    a = (a + 0 * x).detach()
