"""Ask the cloud for its credentials.

outcome: ran
stopped by: seccomp, landlock, network
"""

import socket

from bait import PORT

try:
    socket.create_connection(("169.254.169.254", 80), 1)
    won = True
except OSError as fault:
    won, why = False, str(fault)
