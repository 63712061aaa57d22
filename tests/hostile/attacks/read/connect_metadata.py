"""Ask the cloud for its credentials.

outcome: ran
stopped by: seccomp, landlock, network
refused: EPERM
differs without: seccomp
"""

import socket

from tool import attempt

won, why = attempt(lambda: socket.create_connection(("169.254.169.254", 80), 0.5))
