"""Load a file that runs code.

outcome: crashed|forbidden|ran
stopped by: outside
"""

import torch

torch.load("bomb.pt", weights_only=False)
