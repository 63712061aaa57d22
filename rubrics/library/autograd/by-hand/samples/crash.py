import torch

z = torch.zeros(2, 3, requires_grad=True)
z.sum().backwards()
