"""Multiply matrices for ever.

outcome: timed_out
stopped by: outside
refused: wall
limits: wall_s=1
"""

import torch

x = torch.randn(500, 500)
while True:
    x = x @ x
