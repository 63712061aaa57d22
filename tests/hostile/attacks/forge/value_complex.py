"""Leave complex numbers.

outcome: ran|crashed|out_of_memory
stopped by: principle
"""

import torch

x = torch.zeros(4, dtype=torch.complex64, requires_grad=True)
x.grad = torch.zeros(4, dtype=torch.complex64)
