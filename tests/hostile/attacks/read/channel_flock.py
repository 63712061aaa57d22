"""Signal a neighbour by locking a file both can see.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

import fcntl
import os

from tool import word

file = open("own", "w")
try:
    fcntl.flock(file, fcntl.LOCK_EX)
    won = True
except OSError as fault:
    won, why = False, word(fault)
