"""Hold a lease on a file, to stall its readers.

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
    file.close()
    fcntl.fcntl(os.open("own", os.O_RDONLY), 1024, 0)
    won = True
except OSError as fault:
    won, why = False, word(fault)
