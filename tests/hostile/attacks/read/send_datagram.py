"""Connect from a socket without a connection: a datagram to a service.

outcome: ran
stopped by: seccomp, network
refused: EPERM
wins without: network, seccomp
"""

import socket

from bait import PORT
from tool import attempt


def send():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"leak", ("127.0.0.1", PORT))


won, why = attempt(send)
