"""Spread memory over many processes.

outcome: out_of_memory|ran
stopped by: cgroup
limits: memory_mb=128 wall_s=8
"""

import os
import time

for _ in range(8):
    if os.fork() == 0:
        kept = b"x" * 60_000_000
        time.sleep(20)
        os._exit(0)
time.sleep(1)
