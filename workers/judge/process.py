"""One judge as the worker sees it: a jailed child that holds one assignment, asked over pipes."""

import contextlib
import os
import select
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from workers import frames
from workers.judge import wire
from workers.sandbox.launch import Child

CHUNK = 1 << 18
ANSWER_CAP = 256 << 20


class JudgeBroken(RuntimeError):
    """The judge died, was stuck or spoke nonsense: our fault or the author's, never a zero."""


@dataclass
class JudgeProcess:
    """`ask` one at a time; `lock` is held by whoever asks."""

    child: Child
    slot: int
    digest: str
    versions: dict[str, str] = field(default_factory=dict)
    used: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock)
    closed: bool = False

    def ask(self, message: bytes, timeout_s: float) -> dict[str, Any]:
        """One message out, one answer back. Raises JudgeBroken, also when time is up."""
        deadline = time.monotonic() + timeout_s
        self.used = time.monotonic()
        try:
            told = self._exchange(memoryview(message), deadline)
        except (OSError, frames.FrameError) as fault:
            raise JudgeBroken(f"the judge broke off: {fault}") from fault
        if not isinstance(told, dict):
            raise JudgeBroken("the judge's answer is not an object")
        if "fault" in told:
            raise JudgeBroken(str(told["fault"]))
        return told

    def _exchange(self, unsent: memoryview, deadline: float) -> Any:
        child, reader = self.child, frames.Reader(ANSWER_CAP)
        parts: wire.Parts = []
        poll = select.poll()  # select(2) refuses descriptors from 1024 on
        for file, event in ((child.job, select.POLLOUT), (child.result, select.POLLIN)):
            os.set_blocking(file, False)
            poll.register(file, event)
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise JudgeBroken("the judge did not answer in time")
            ready = dict(poll.poll(left * 1e3))
            if child.job in ready:
                unsent = unsent[os.write(child.job, unsent) :]
                if not unsent:
                    poll.unregister(child.job)
            if child.result in ready:
                data = os.read(child.result, CHUNK)
                if not data:
                    raise JudgeBroken("the judge ended")
                reader.feed(data)
                parts += reader.frames()
                if len(parts) >= 2:
                    if reader.pending or len(parts) > 2:
                        raise JudgeBroken("the judge answered twice")
                    return wire.unpack_answer(parts)

    def kill(self) -> None:
        """End it now."""
        with contextlib.suppress(OSError):
            self.child.kill()

    def close(self) -> None:
        """Close our ends, once; only for who holds the lock, or when nobody can."""
        if not self.closed:
            self.closed = True
            self.child.close()
