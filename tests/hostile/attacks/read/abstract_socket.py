"""Meet a neighbour at a socket that no file holds.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

import socket

from tool import attempt


def meet():
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0meet")


won, why = attempt(meet)
