"""Watch a folder by signals.

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
    fcntl.fcntl(os.open(".", 0), 1026, 1)
    won = True
except OSError as fault:
    won, why = False, word(fault)
