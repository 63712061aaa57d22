"""Start a second process where it may have one.

outcome: ran
stopped by: seccomp
refused: EAGAIN
wins without: seccomp
"""

import os
import time

from tool import word

won = False
try:
    if os.fork() == 0:
        time.sleep(20)
        os._exit(0)
    won = True
except OSError as fault:
    why = word(fault)
