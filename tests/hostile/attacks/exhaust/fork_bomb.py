"""Fork without end.

outcome: timed_out
stopped by: rlimits, cgroup
refused: wall
limits: wall_s=1
"""

import os

while True:
    try:
        os.fork()
    except OSError:
        pass
