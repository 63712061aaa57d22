"""Phone home.

outcome: ran
stopped by: seccomp, landlock, network
refused: EPERM
differs without: seccomp
"""

import socket

from tool import attempt

won, why = attempt(lambda: socket.create_connection(("192.0.2.1", 53), 0.5))
