"""Ports of this machine: which are free, and a clear word when one is not."""

import socket

from xgrad.faults import Fault

LOOPBACK = "127.0.0.1"


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """True if a server could listen on `host:port` now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do: a port whose last connections linger in TIME_WAIT counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def free_port(host: str = LOOPBACK) -> int:
    """A port nobody listens on, chosen by the kernel."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def need(port: int, purpose: str, option: str) -> int:
    """Return `port`, or raise Fault saying what wanted it and how to choose another."""
    if is_free(port):
        return port
    raise Fault(
        f"Port {port}, wanted for {purpose}, is taken by another program on this machine. "
        f"Stop that program, or choose another port with {option}."
    )
