"""Make more processes than it may have, of the room that its threads leave.

outcome: process_limit
stopped by: cgroup
refused: processes
wins without: cgroup
limits: processes=2
says: processes at once, the limit is 2
"""

import os
import time

made = 0
while made < 5:
    if os.fork() == 0:
        time.sleep(20)
        os._exit(0)
    made += 1
time.sleep(2)
won = made == 5
