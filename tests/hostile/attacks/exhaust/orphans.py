"""Leave processes whose parent is gone.

outcome: ran
stopped by: principle
differs without: principle
limits: processes=16
"""

import os
import time

for _ in range(4):
    if os.fork() == 0:
        if os.fork() == 0:
            time.sleep(10**6)
        os._exit(0)
