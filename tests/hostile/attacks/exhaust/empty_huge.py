"""Ask for four gigabytes of torch, to touch them later.

outcome: out_of_memory
stopped by: rlimits
refused: RuntimeError
wins without: rlimits
limits: memory_mb=128
says: limit is
"""

import torch

x = torch.empty(10**9)
won = True
