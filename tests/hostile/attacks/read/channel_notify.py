"""Watch a folder by signals.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

import fcntl
import os

file = open("own", "w")
try:
    fcntl.fcntl(os.open(".", 0), 1026, 1)
    won = True
except OSError as fault:
    won, why = False, str(fault)
