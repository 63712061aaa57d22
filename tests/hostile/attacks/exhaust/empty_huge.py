"""Ask torch for four terabytes.

outcome: out_of_memory
stopped by: rlimits
says: limit is
"""

import torch

x = torch.empty(10**12)
