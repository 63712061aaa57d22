"""Fill four gigabytes.

outcome: out_of_memory
stopped by: rlimits, cgroup
limits: memory_mb=128
"""

import torch

x = torch.ones(10**9)
