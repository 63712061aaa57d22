"""Have signals sent on input.

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
    fcntl.fcntl(file, 8, 1)
    won = True
except OSError as fault:
    won, why = False, word(fault)
