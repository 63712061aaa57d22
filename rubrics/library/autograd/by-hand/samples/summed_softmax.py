import torch
from torch.nn.functional import cross_entropy

z = torch.tensor([[-1.4, 1.3, 1.6], [0.8, -0.9, 1.2]], requires_grad=True)
loss = cross_entropy(z, torch.tensor([1, 2]), reduction="sum")
loss.backward()
