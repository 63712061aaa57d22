"""Listen for a neighbour.

outcome: ran
stopped by: seccomp, landlock
refused: EPERM
wins without: landlock, seccomp
"""

import socket

from tool import attempt


def listen():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()


won, why = attempt(listen)
