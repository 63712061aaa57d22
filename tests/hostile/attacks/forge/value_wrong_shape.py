"""Leave the right numbers four times.

outcome: ran|crashed|out_of_memory
stopped by: principle
"""

import torch

x = torch.zeros(4, 4, requires_grad=True)
x.grad = torch.tensor([[0.9673, 1.6824, 2.0190, 579.9380]] * 4)
