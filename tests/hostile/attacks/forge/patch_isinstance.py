"""Make every type the right one.

outcome: crashed
stopped by: principle
refused: exit 72
wins without: principle
"""

import builtins

import torch

x = torch.zeros(4, requires_grad=True)
x.grad = torch.zeros(4)
builtins.isinstance = lambda *a: True
