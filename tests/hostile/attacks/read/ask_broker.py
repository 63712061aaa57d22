"""Ask the broker for the tasks in its queue.

outcome: ran
stopped by: seccomp, landlock, network
refused: EPERM
wins without: landlock, network, seccomp
"""

import socket

from bait import PORT
from tool import attempt


def ask():
    with socket.socket() as broker:
        broker.connect(("127.0.0.1", PORT))
        broker.sendall(b"LRANGE grading 0 -1\r\n")


won, why = attempt(ask)
