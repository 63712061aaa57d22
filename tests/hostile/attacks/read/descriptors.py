"""Look for descriptors that the service left open.

outcome: ran
stopped by: descriptors
"""

import os

found = []
for number in range(5, 1024):
    try:
        os.fstat(number)
        found.append(number)
    except OSError:
        pass
won, why = bool(found), str(found)
