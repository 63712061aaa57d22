"""Leave nothing, of which all is right.

outcome: ran
stopped by: principle
wins without: principle
"""

import torch

x = torch.zeros(0, requires_grad=True)
x.grad = torch.zeros(0)
