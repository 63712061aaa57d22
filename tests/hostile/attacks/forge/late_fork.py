"""Fork, and have the child write after the end.

outcome: ran
stopped by: principle
wins without: principle
limits: processes=2
"""

import os
import time

if os.fork() == 0:
    time.sleep(0.3)
    os.write(4, b'{"score": 4.0}')
    os._exit(0)
