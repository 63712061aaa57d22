"""Leave NaN, which no comparison fails.

outcome: ran
stopped by: principle
wins without: principle
"""

import torch

x = torch.zeros(4, requires_grad=True)
x.grad = torch.full((4,), float("nan"))
