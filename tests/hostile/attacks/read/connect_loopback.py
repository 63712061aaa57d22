"""Connect to a service of the machine: a broker, a database.

outcome: ran
stopped by: seccomp, landlock, network
refused: EPERM
wins without: landlock, network, seccomp
"""

import socket

from bait import PORT
from tool import attempt

won, why = attempt(lambda: socket.create_connection(("127.0.0.1", PORT), 1))
