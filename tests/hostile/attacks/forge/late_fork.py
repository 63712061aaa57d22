"""Fork, and have the child write after the end.

outcome: ran
stopped by: outside
"""

import os
import time

if os.fork() == 0:
    time.sleep(0.3)
    os.write(4, b"XGJ\0\2\0\0\0{}")
    os._exit(0)
