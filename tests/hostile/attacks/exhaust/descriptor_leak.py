"""Open files without end.

outcome: ran
stopped by: rlimits
wins without: rlimits
"""

import os

made = 0
try:
    while made < 200:
        os.open("/dev/null", os.O_RDONLY)
        made += 1
except OSError as fault:
    why = str(fault)
won = made > 64
