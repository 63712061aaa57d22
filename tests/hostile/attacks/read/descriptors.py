"""Look for descriptors that the service left open.

outcome: ran
stopped by: descriptors
refused: EBADF
"""

import os

from tool import word

found = []
for number in range(5, 1024):
    try:
        os.fstat(number)
        found.append(number)
    except OSError as fault:
        why = word(fault)
won = bool(found)
