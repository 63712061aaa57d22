"""Leave word for a neighbour in the flags of the open null device that all children share.

outcome: ran
stopped by: descriptors
"""

import fcntl
import os

CLEAN = fcntl.fcntl(0, fcntl.F_GETFL) & (os.O_APPEND | os.O_NONBLOCK)
fcntl.fcntl(0, fcntl.F_SETFL, os.O_APPEND | os.O_NONBLOCK)
won = bool(CLEAN)
