"""Leave complex numbers whose real parts are right.

outcome: ran
stopped by: principle
wins without: principle
"""

import torch


class Box:
    grad = torch.tensor([0.967279, 1.682361, 2.018951, 579.937988]) + 5j


x = Box()
