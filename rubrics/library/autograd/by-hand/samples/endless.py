import torch

x = torch.zeros(4, requires_grad=True)
while True:
    x.grad = x.detach()
