"""Leave a process that holds the channel open.

outcome: ran
stopped by: principle
differs without: principle
limits: processes=2
"""

import os
import time

if os.fork() == 0:
    time.sleep(10**6)
