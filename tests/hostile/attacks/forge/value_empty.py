"""Leave nothing, of which all is right.

outcome: ran|crashed|out_of_memory
stopped by: principle
"""

import torch

x = torch.zeros(0, requires_grad=True)
x.grad = torch.zeros(0)
