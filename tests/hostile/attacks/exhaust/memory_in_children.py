"""Spread memory over many processes.

outcome: ran
stopped by: cgroup
refused: killed
wins without: cgroup
limits: memory_mb=128 wall_s=8 processes=16
"""

import os
import time

made = []
for _ in range(8):
    pid = os.fork()
    if pid == 0:
        kept = b"x" * 60_000_000
        time.sleep(20)
        os._exit(0)
    made.append(pid)
time.sleep(1)
ended = [pid for pid in made if os.waitpid(pid, os.WNOHANG)[0]]
won, why = not ended, "killed"
