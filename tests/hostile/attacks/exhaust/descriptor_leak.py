"""Open files without end.

outcome: ran
stopped by: rlimits
refused: EMFILE
wins without: rlimits
"""

import os

from tool import word

made = 0
try:
    while made < 400:
        os.open("/dev/null", os.O_RDONLY)
        made += 1
except OSError as fault:
    why = word(fault)
won = made == 400
