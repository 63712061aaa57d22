"""Lie about how large a tensor is.

outcome: ran
stopped by: principle
refused: unreadable
"""

import torch

torch.Tensor.numel = lambda self: 1
torch.Tensor.element_size = lambda self: 1


class Box:
    grad = torch.ones(1).expand(10**12)


x = Box()
