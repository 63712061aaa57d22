"""Phone home.

outcome: ran
stopped by: seccomp, landlock, network
"""

import socket

from bait import PORT

try:
    socket.create_connection(("1.1.1.1", 53), 1)
    won = True
except OSError as fault:
    won, why = False, str(fault)
