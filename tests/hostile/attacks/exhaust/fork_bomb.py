"""Fork without end.

outcome: timed_out|forbidden|crashed
stopped by: rlimits, cgroup
limits: wall_s=1
"""

import os

while True:
    try:
        os.fork()
    except OSError:
        pass
