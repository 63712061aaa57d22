"""What an attack may be after, planted outside where only a layer keeps it away."""

import contextlib
import os
import secrets
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MARK = "left by an attack"


@dataclass
class Bait:
    """Secrets in files and listeners outside, and a way to tell whether any was had.

    `tcp` stands for whatever listens on loopback: a broker, a database, a cloud's metadata.
    """

    folder: Path
    token: str
    tcp: socket.socket
    unix: socket.socket
    hostname: str = field(default_factory=lambda: os.uname().nodename)

    @property
    def _files(self) -> dict[str, str]:
        names = {"FILE": "secret", "KEY": "id_rsa", "REFERENCE": "reference.py"}
        return {**names, "DATABASE": "xgrad.db", "OTHER": "another_students.py"}

    def plant(self) -> None:
        """Write the files: readable by everyone, so that only a layer can keep them away."""
        for name in self._files.values():
            if name != "xgrad.db":
                Path(self.folder, name).write_text(self.token)
        with contextlib.closing(sqlite3.connect(self.folder / "xgrad.db")) as base:
            base.execute("CREATE TABLE grades (score REAL, secret TEXT)")
            base.execute("INSERT INTO grades VALUES (0, ?)", (self.token,))
            base.commit()
        program = Path(self.folder, "setuid")
        shutil.copyfile("/bin/true", program)
        for path in self.folder.iterdir():
            path.chmod(0o666)  # the socket too
        program.chmod(0o4755)

    def restore(self) -> None:
        """As planted, after attacks that were let through."""
        (self.folder / "xgrad.db").unlink()
        self.plant()
        while self._reached():
            continue

    def script(self) -> bytes:
        """What an attack may import: where the bait lies."""
        lines = [f"{name} = {str(self.folder / file)!r}" for name, file in self._files.items()]
        lines += [
            f"SETUID = {str(self.folder / 'setuid')!r}",
            f"ENGINE = {str(self.folder / 'docker.sock')!r}",
            f"TOKEN = {self.token!r}",
            f"PORT = {self.tcp.getsockname()[1]}",
        ]
        return "\n".join([*lines, ""]).encode()

    def _reached(self) -> bool:
        for server in (self.tcp, self.unix):
            with contextlib.suppress(BlockingIOError):
                server.accept()[0].close()
                return True
        return False

    def touched(self) -> str:
        """What happened to the machine, or nothing."""
        if self._reached():
            return "a listener of the machine was reached"
        texts = [Path(self.folder, name) for name in self._files.values() if name != "xgrad.db"]
        if any(path.read_text() != self.token for path in texts):
            return "a file of the machine was changed"
        with contextlib.closing(sqlite3.connect(self.folder / "xgrad.db")) as base:
            if base.execute("SELECT score FROM grades").fetchall() != [(0.0,)]:
                return "a grade in the machine's database was changed"
        if os.uname().nodename != self.hostname:
            return "the machine was renamed"
        return ""


@contextlib.contextmanager
def bait() -> Iterator[Bait]:
    """Bait for as long as it is needed."""
    with (
        tempfile.TemporaryDirectory() as name,
        socket.socket() as tcp,
        socket.socket(socket.AF_UNIX) as unix,
    ):
        folder = Path(name)
        folder.chmod(0o755)
        tcp.bind(("127.0.0.1", 0))
        unix.bind(str(folder / "docker.sock"))
        for server in (tcp, unix):
            server.listen(64)
            server.setblocking(False)
        one = Bait(folder, secrets.token_hex(16), tcp, unix)
        one.plant()
        yield one
