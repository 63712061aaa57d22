"""Have signals sent on input.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

import fcntl
import os

file = open("own", "w")
try:
    fcntl.fcntl(file, 8, 1)
    won = True
except OSError as fault:
    won, why = False, str(fault)
