"""Signal a neighbour by locking a file both can see.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

import fcntl
import os

file = open("own", "w")
try:
    fcntl.flock(file, fcntl.LOCK_EX)
    won = True
except OSError as fault:
    won, why = False, str(fault)
