"""Start a second process where it may have one, and let the refusal end it.

outcome: process_limit
stopped by: seccomp
refused: EAGAIN
differs without: seccomp
says: It may have 1 process, and may start no other
"""

import os
import time

if os.fork() == 0:
    time.sleep(20)
