"""Leave a sparse tensor.

outcome: ran|crashed|out_of_memory
stopped by: principle
"""

import torch


class Box:
    grad = torch.zeros(4).to_sparse()


x = Box()
