"""Leak by looking names up.

outcome: ran
stopped by: seccomp, network
"""

import socket

try:
    socket.getaddrinfo("localhost.localdomain", 80)
    won = True
except OSError as fault:
    won, why = False, str(fault)
