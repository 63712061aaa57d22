"""Waiting children, kept ready by a thread of their own, and the slots they live in."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from rubrics.job import Limits
from workers.sandbox.config import SandboxBroken
from workers.sandbox.launch import Child, Given, Zygote

Walls = dict[str, int]
SETTLE_S = 0.01
SLOT_S = 30.0
STALE_S = 60.0


def walls_of(limits: Limits) -> Walls:
    """The limits that a child must be born with."""
    return {
        "memory_mb": limits.memory_mb,
        "cpu_s": int(limits.cpu_s) + 2,
        "box_mb": limits.box_mb,
        "box_files": limits.box_files,
        "tasks": limits.tasks,
        "forks": limits.processes > 1,
        "files": limits.open_files,
    }


@dataclass(frozen=True)
class Wanted:
    """What a child must be born with: its limits, and the files of the assignment's own."""

    walls: Walls
    given: Given = ()


@dataclass
class Placed:
    """A child, its slot and what it was born with."""

    child: Child
    slot: int
    wanted: Wanted
    born: float = field(default_factory=time.monotonic)


class Pool:
    """`take` a waiting child and `give` it back when its run is over; thread-safe.

    Children wait with the limits and files that were last asked for: a class hands in the same
    assignment. Those that wait for another one end after a minute; no more copies of files are kept
    than there are slots, each no larger than its box.
    `emptied` is told of a slot whose child was buried, before another is put there.
    """

    def __init__(
        self, zygote: Zygote, slots: range, ready: int, emptied: Callable[[int], None]
    ) -> None:
        self.zygote, self._ready, self._emptied = zygote, ready, emptied
        self._free = deque(slots)
        self._waiting: list[Placed] = []
        self._finished: deque[Placed] = deque()
        self._wanted = Wanted(walls_of(Limits()))
        self._change = threading.Condition()
        self._fault: Exception | None = None
        self._open = True
        self._running = 0
        self._taken = 0.0
        self.served = 0
        self._keeper = threading.Thread(target=self._keep, name="sandbox-pool", daemon=True)
        self._keeper.start()

    def take(self, limits: Limits, given: Given = ()) -> Placed:
        """A child born with these limits and files. Raises SandboxBroken when none can be had."""
        wanted = Wanted(walls_of(limits), given)
        with self._change:
            if wanted == self._wanted:
                wanted = self._wanted  # the same object compares at once, whatever its files' size
            self._wanted = wanted
            self._running += 1
            self._taken = time.monotonic()
            self.served += 1
            self._change.notify_all()
        try:
            found = self._child_or_slot(wanted)
            return found if isinstance(found, Placed) else self._born(found, wanted)
        except SandboxBroken:
            self._done()
            raise

    def _child_or_slot(self, wanted: Wanted) -> Placed | int:
        """A waiting child, or else a slot to make one in.

        Both are looked for at each turn: the keeper may fill the last slot with the very child.
        """
        until = time.monotonic() + SLOT_S
        with self._change:
            while self._open:
                found = self._waiting_child(wanted)
                if found is not None:
                    return found
                if self._free:
                    return self._free.popleft()
                if self._waiting and not self._finished:
                    self._finished.append(self._waiting.pop(0))
                    self._change.notify_all()
                if not self._change.wait(until - time.monotonic()):
                    raise SandboxBroken(f"no slot became free within {SLOT_S:.0f} s")
            raise SandboxBroken("the sandbox is closed")

    def _waiting_child(self, wanted: Wanted) -> Placed | None:
        """One that lives; those that have died meanwhile are buried."""
        for one in [placed for placed in self._waiting if placed.wanted == wanted]:
            self._waiting.remove(one)
            if one.child.alive():
                return one
            self._finished.append(one)
        return None

    def _done(self) -> None:
        with self._change:
            self._running -= 1
            self._change.notify_all()

    def _born(self, slot: int, wanted: Wanted) -> Placed:
        try:
            return Placed(self.zygote.spawn(slot, wanted.walls, wanted.given), slot, wanted)
        except BaseException:
            self._release(slot)
            raise

    def _release(self, slot: int) -> None:
        with self._change:
            self._free.append(slot)
            self._change.notify_all()

    def give(self, placed: Placed) -> None:
        """The child's run is over and it has been killed; it is buried in the background."""
        with self._change:
            self._finished.append(placed)
        self._done()

    def bury(self, placed: Placed) -> dict[str, Any]:
        """The child's run is over: how it ended. Its slot is free afterwards."""
        try:
            return self._reap(placed)
        finally:
            self._done()

    def _reap(self, placed: Placed) -> dict[str, Any]:
        try:
            told = self.zygote.reap(placed.child.pid)
            self._emptied(placed.slot)
            return told
        finally:
            self._release(placed.slot)
            placed.child.close()

    def _keep(self) -> None:
        while self._open:
            with self._change:
                pending = bool(self._finished) or self._short()
                if not self._change.wait_for(self._work_to_do, SETTLE_S if pending else 1.0):
                    self._let_go()
                    continue
                finished = self._finished.popleft() if self._finished else None
                wanted = self._wanted
            try:
                if finished is not None:
                    self._end(finished)
                elif self._open:
                    self._add(wanted)
            except Exception as fault:  # else the pool would look whole, and give nothing
                self._fail(fault)
                return

    def _let_go(self) -> None:
        """Those that others were asked for instead of for a while: they hold memory, and files."""
        until = time.monotonic() - STALE_S
        old = [one for one in self._waiting if one.born < until and one.wanted != self._wanted]
        for one in old:
            self._waiting.remove(one)
        self._finished.extend(old)

    def _short(self) -> bool:
        same = [one for one in self._waiting if one.wanted == self._wanted]
        return (
            self._open
            and len(same) < self._ready
            and (bool(self._free) or len(same) < len(self._waiting))
        )

    def _work_to_do(self) -> bool:
        if not self._open or (self._finished and len(self._free) < 2):
            return True
        return (bool(self._finished) or self._short()) and self._settled()

    def _settled(self) -> bool:
        """Not while a run has only just begun: a fork beside it doubles its time."""
        return self._running == 0 or time.monotonic() - self._taken > SETTLE_S

    def _add(self, wanted: Wanted) -> None:
        """One more waiting child, or a place for it where a child with other limits waited.

        Never waits for a slot: it is this thread that frees them, and a run may take the last one.
        """
        with self._change:
            slot = self._free.popleft() if self._free else None
            others = (one for one in self._waiting if one.wanted != wanted)
            stale = next(others, None) if slot is None else None
            if stale is not None:
                self._waiting.remove(stale)
        if stale is not None:
            self._end(stale)
        if slot is None:
            return
        placed = self._born(slot, wanted)
        with self._change:
            self._waiting.append(placed)
            self._change.notify_all()

    def _end(self, placed: Placed) -> None:
        placed.child.kill()
        self._reap(placed)

    def _fail(self, fault: Exception) -> None:
        with self._change:
            self._fault = fault
            self._open = False
            self._change.notify_all()

    @property
    def broken(self) -> bool:
        """Whether the fork server or the keeper has failed."""
        return not self._open or not self.zygote.alive()

    def wait_ready(self, timeout_s: float) -> None:
        """Until the first child waits. Raises SandboxBroken with what failed."""
        with self._change:
            self._change.wait_for(lambda: self._waiting or not self._open, timeout_s)
            if self._fault is not None:
                raise SandboxBroken(str(self._fault))

    def retire(self) -> None:
        """Close as soon as the last run in it is over; returns then."""
        with self._change:
            self._ready = 0
            self._change.wait_for(lambda: self._running == 0 or not self._open)
        self.close()

    def close(self) -> None:
        """Stop keeping; close our ends. The fork server's end takes the children along."""
        with self._change:
            self._open = False
            self._change.notify_all()
        self._keeper.join(timeout=35)
        for placed in (*self._waiting, *self._finished):
            placed.child.kill()
            placed.child.close()
        self.zygote.close()
