"""Connect to a service of the machine.

outcome: ran
stopped by: seccomp, landlock, network
wins without: seccomp, landlock, network
"""

import socket

from bait import PORT

try:
    socket.create_connection(("127.0.0.1", PORT), 1)
    won = True
except OSError as fault:
    won, why = False, str(fault)
