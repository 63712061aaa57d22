"""Leave a sparse tensor.

outcome: ran
stopped by: principle
refused: unsupported
"""

import torch


class Box:
    grad = torch.zeros(4).to_sparse()


x = Box()
