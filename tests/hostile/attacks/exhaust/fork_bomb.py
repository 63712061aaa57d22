"""Fork without end.

outcome: process_limit | timed_out
stopped by: rlimits, cgroup
refused: processes | wall
limits: wall_s=1 processes=16
"""

import os

while True:
    try:
        os.fork()
    except OSError:
        pass
