"""Fill four gigabytes.

outcome: out_of_memory
stopped by: rlimits, cgroup
refused: RuntimeError | oom
limits: memory_mb=128
"""

import torch

x = torch.ones(10**9)
