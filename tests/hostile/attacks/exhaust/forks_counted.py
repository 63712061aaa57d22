"""Make more processes than allowed.

outcome: ran
stopped by: rlimits, cgroup
refused: EAGAIN
wins without: cgroup, rlimits
limits: processes=16 threads=1
"""

from tool import word

import os
import time

made = 0
try:
    while made < 40:
        if os.fork() == 0:
            time.sleep(20)
            os._exit(0)
        made += 1
except OSError as fault:
    why = word(fault)
won = made > 16
