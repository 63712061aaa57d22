"""Leave one number that broadcasts.

outcome: ran|crashed|out_of_memory
stopped by: principle
"""

import torch

x = torch.zeros(1, requires_grad=True)
x.grad = torch.full((1,), 2.0190)
