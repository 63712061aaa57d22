"""Signal a neighbour by a record lock.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

import fcntl
import os

file = open("own", "w")
try:
    fcntl.lockf(file, fcntl.LOCK_EX)
    won = True
except OSError as fault:
    won, why = False, str(fault)
