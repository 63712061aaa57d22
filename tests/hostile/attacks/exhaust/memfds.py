"""Hold memory in many files that have no name.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

import os

from tool import word

made = []
try:
    while len(made) < 40:
        made.append(os.memfd_create("x"))
        os.ftruncate(made[-1], 1 << 20)
        os.write(made[-1], b"x" * (1 << 20))
    won = True
except OSError as fault:
    won, why = False, word(fault)
