"""Make everything empty, so that nothing is wrong.

outcome: forbidden
stopped by: principle
refused: bad_magic
wins without: principle
"""

import builtins

import torch

x = torch.zeros(4, requires_grad=True)
x.grad = torch.zeros(4)
builtins.len = lambda *a: 0
