"""Connect to the broker.

outcome: ran
stopped by: seccomp, landlock, network
"""

import socket

from bait import PORT

try:
    socket.create_connection(("127.0.0.1", 6379), 1)
    won = True
except OSError as fault:
    won, why = False, str(fault)
