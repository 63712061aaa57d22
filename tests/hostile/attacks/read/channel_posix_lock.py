"""Signal a neighbour by a record lock.

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
    fcntl.lockf(file, fcntl.LOCK_EX)
    won = True
except OSError as fault:
    won, why = False, word(fault)
