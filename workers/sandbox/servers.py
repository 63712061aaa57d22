"""Fork servers by what their children find imported: made at need, stopped when idle."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Self

from rubrics.job import Job, Preload
from workers.sandbox import packages
from workers.sandbox.config import SandboxBroken, SandboxConfig
from workers.sandbox.server import Server

MOST = 5
WAIT_S = 120.0
_MODULES: dict[Preload, tuple[str, ...]] = {
    "torch": ("torch", "numpy"),
    "numpy": ("numpy",),
    "sympy": ("numpy", "sympy"),
    "plain": (),
}


@dataclass(frozen=True)
class Kind:
    """What is imported before a child is made, and which packages it can see beyond the usual."""

    preload: Preload = "torch"
    packages: tuple[str, ...] = ()

    @classmethod
    def of(cls, job: Job) -> Self:
        """The kind that a job asks for."""
        return cls(job.preload, packages.installed(job.packages))

    @property
    def modules(self) -> tuple[str, ...]:
        """What the fork server imports."""
        return _MODULES[self.preload]


FIRST = Kind()


@dataclass
class _Entry:
    server: Server
    place: int
    users: int = 0
    used: float = field(default_factory=time.monotonic)


class Servers:
    """`use` the fork server of a kind; thread-safe. At most `MOST` stand, the first one always.

    The others go when they have been idle for `config.idle_s`, or make room for another kind.
    """

    def __init__(self, config: SandboxConfig, make: Callable[[Kind, int], Server]) -> None:
        self._make, self._idle_s = make, config.idle_s
        self._places = list(range(MOST - 1, 0, -1))
        self._change = threading.Condition()
        self._open = True
        self.first = make(FIRST, 0)
        self._entries = {FIRST: _Entry(self.first, 0)}
        threading.Thread(target=self._keep, name="sandbox-servers", daemon=True).start()

    @contextlib.contextmanager
    def use(self, kind: Kind) -> Iterator[Server]:
        """The server of this kind, which is not stopped meanwhile. Raises SandboxBroken."""
        entry = self._claim(kind)
        try:
            yield entry.server
        finally:
            with self._change:
                entry.users -= 1
                entry.used = time.monotonic()
                self._change.notify_all()

    def _claim(self, kind: Kind) -> _Entry:
        deadline = time.monotonic() + WAIT_S
        while True:
            with self._change:
                if not self._open:
                    raise SandboxBroken("the sandbox is closed")
                entry = self._entries.get(kind)
                if entry is None and self._places:
                    place = self._places.pop()
                    entry = self._entries[kind] = _Entry(self._make(kind, place), place)
                if entry is not None:
                    entry.users += 1
                    return entry
            if not self._stop_longest_idle(0.0):
                self._wait(deadline)

    def _wait(self, deadline: float) -> None:
        """Every server is at work: a little later one will not be."""
        with self._change:
            if time.monotonic() > deadline:
                raise SandboxBroken("all fork servers were busy for too long")
            self._change.wait(1.0)

    def _stop_longest_idle(self, at_least_s: float) -> bool:
        """Whether one that was idle for that long was found and stopped."""
        now = time.monotonic()
        with self._change:
            idle = [
                (entry.used, kind)
                for kind, entry in self._entries.items()
                if entry.server is not self.first and not entry.users
                if now - entry.used >= at_least_s
            ]
            if not idle or not self._open:
                return False
            entry = self._entries.pop(min(idle, key=lambda one: one[0])[1])
        entry.server.close()
        with self._change:
            self._places.append(entry.place)
            self._change.notify_all()
        return True

    def _keep(self) -> None:
        while self._open:
            with self._change:
                self._change.wait_for(lambda: not self._open, timeout=min(30.0, self._idle_s / 4))
            while self._stop_longest_idle(self._idle_s):
                continue

    def kinds(self) -> tuple[Kind, ...]:
        """Those that stand."""
        with self._change:
            return tuple(self._entries)

    def close(self) -> None:
        """End them all."""
        with self._change:
            self._open = False
            entries, self._entries = list(self._entries.values()), {}
            self._change.notify_all()
        for entry in entries:
            entry.server.close()
