"""Leave a process that holds the channel open.

outcome: ran
stopped by: outside
"""

import os
import time

if os.fork() == 0:
    time.sleep(10**6)
